package io.nodelifecycle.style;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a file, a method and a list of parameters may be. */
final class SizeRules {
  static final int FILE_LINES_MAX = 500;
  static final int METHOD_LINES_MAX = 70;
  static final int PARAMETERS_MAX = 5;

  /** Constructors collect what an object needs; the columns of a test table are named by rows. */
  static final int PARAMETERS_OF_CONSTRUCTORS_AND_TABLES_MAX = 8;

  private SizeRules() {}

  static List<Finding> check(JavaSource source) {
    var findings = new ArrayList<Finding>();
    if (source.lines() > FILE_LINES_MAX) {
      findings.add(
          new Finding(
              source.file(),
              source.lines(),
              source.lines() + " lines, at most " + FILE_LINES_MAX + ": split by responsibility"));
    }
    new Scanner(source, findings).scan(source.unit(), null);
    return findings;
  }

  private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private final List<Finding> findings;
    private boolean inRecord;

    Scanner(JavaSource source, List<Finding> findings) {
      this.source = source;
      this.findings = findings;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      boolean outer = inRecord;
      inRecord = type.getKind() == Kind.RECORD;
      super.visitClass(type, null);
      inRecord = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      long lines = source.lastLine(method) - source.firstLine(method) + 1;
      if (lines > METHOD_LINES_MAX) {
        findings.add(
            source.finding(
                method, method.getName() + ": " + lines + " lines, at most " + METHOD_LINES_MAX));
      }
      int parameters = method.getParameters().size();
      if (parameters > parametersMax(method)) {
        findings.add(
            source.finding(
                method, method.getName() + ": " + parameters + " parameters, want a record"));
      }
      return super.visitMethod(method, null);
    }

    private int parametersMax(MethodTree method) {
      if (method.getReturnType() == null) {
        return inRecord ? Integer.MAX_VALUE : PARAMETERS_OF_CONSTRUCTORS_AND_TABLES_MAX;
      }
      boolean table =
          method.getModifiers().getAnnotations().stream()
              .map(AnnotationTree::getAnnotationType)
              .anyMatch(annotation -> annotation.toString().equals("ParameterizedTest"));
      return table ? PARAMETERS_OF_CONSTRUCTORS_AND_TABLES_MAX : PARAMETERS_MAX;
    }
  }
}
