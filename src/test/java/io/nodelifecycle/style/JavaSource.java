package io.nodelifecycle.style;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** One Java source file, parsed but not compiled. */
final class JavaSource {
  private final Path file;
  private final String text;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private JavaSource(Path file, String text, CompilationUnitTree unit, SourcePositions positions) {
    this.file = file;
    this.text = text;
    this.unit = unit;
    this.positions = positions;
  }

  static JavaSource parse(Path file, String text) {
    var problems = new DiagnosticCollector<JavaFileObject>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task =
        (JavacTask)
            compiler.getTask(null, null, problems, List.of(), null, List.of(new Content(text)));
    try {
      var unit = task.parse().iterator().next();
      if (!problems.getDiagnostics().isEmpty()) {
        throw new IllegalArgumentException(file + ": " + problems.getDiagnostics());
      }
      return new JavaSource(file, text, unit, Trees.instance(task).getSourcePositions());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path file() {
    return file;
  }

  CompilationUnitTree unit() {
    return unit;
  }

  int lines() {
    return (int) text.lines().count();
  }

  /** Whether this is an integration test or what they stand on: the real world is theirs. */
  boolean isIntegrationTest() {
    return file.getFileName().toString().endsWith("IT.java")
        || file.startsWith("src/test/java/io/nodelifecycle/testing");
  }

  /** First line of a tree; its Javadoc is not part of it. */
  long firstLine(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
  }

  long lastLine(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
  }

  Finding finding(Tree tree, String message) {
    return new Finding(file, firstLine(tree), message);
  }

  private static final class Content extends SimpleJavaFileObject {
    private final String text;

    Content(String text) {
      super(URI.create("string:///Source.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
