package io.nodelifecycle.style;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls and annotations that belong to one place, with the words to use everywhere else. */
final class WordRules {
  private static final List<Ban> BANS =
      List.of(
          new Ban(
              "Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep|LockSupport\\.park(Nanos|Until)",
              "TimeSource.sleep; a test steps its own time",
              source -> isSystemTime(source) || source.isIntegrationTest()),
          new Ban(
              "System\\.(currentTimeMillis|nanoTime)"
                  + "|(Instant|(Local|Zoned|Offset)?(Date)?(Time)?)\\.now"
                  + "|Clock\\.(system\\w*|tick\\w*)",
              "TimeSource, or an Instant now as the last parameter",
              source -> isSystemTime(source) || source.isIntegrationTest()),
          new Ban(
              "System\\.exit|Runtime\\.getRuntime\\(\\)\\.(exit|halt)",
              "return a code to Main, the only class that exits",
              WordRules::isMain),
          new Ban(
              "System\\.getenv",
              "Main reads the environment and passes on what is needed",
              source -> isMain(source) || source.isIntegrationTest()),
          new Ban(
              "@(\\w+\\.)*(Disabled\\w*|Enabled(If|On|For)\\w*)",
              "a test runs or does not exist",
              JavaSource::isIntegrationTest),
          new Ban(
              "(Assumptions|Assertions)\\.(assume\\w+|abort)|TestAbortedException",
              "a test runs or does not exist",
              JavaSource::isIntegrationTest));

  private WordRules() {}

  static List<Finding> check(JavaSource source) {
    var findings = new ArrayList<Finding>();
    new Scanner(source, findings).scan(source.unit(), null);
    return findings;
  }

  private static boolean isSystemTime(JavaSource source) {
    return source.file().endsWith("io/nodelifecycle/runtime/SystemTime.java");
  }

  private static boolean isMain(JavaSource source) {
    return source.file().endsWith("io/nodelifecycle/Main.java");
  }

  /** Code that is banned but in the sources that match {@code home}. */
  private record Ban(Pattern code, String instead, Predicate<JavaSource> home) {
    Ban(String code, String instead, Predicate<JavaSource> home) {
      this(Pattern.compile("(\\w+\\.)*(" + code + ")"), instead, home);
    }
  }

  private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private final List<Finding> findings;

    Scanner(JavaSource source, List<Finding> findings) {
      this.source = source;
      this.findings = findings;
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
      check(select, select.toString());
      return super.visitMemberSelect(select, null);
    }

    @Override
    public @Nullable Void visitMemberReference(
        MemberReferenceTree reference, @Nullable Void unused) {
      check(reference, reference.getQualifierExpression() + "." + reference.getName());
      return super.visitMemberReference(reference, null);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void unused) {
      check(annotation, "@" + annotation.getAnnotationType());
      return super.visitAnnotation(annotation, null);
    }

    @Override
    public @Nullable Void visitImport(ImportTree imported, @Nullable Void unused) {
      return imported.isStatic() ? super.visitImport(imported, null) : null;
    }

    private void check(Tree tree, String code) {
      for (var ban : BANS) {
        if (ban.code().matcher(code).matches() && !ban.home().test(source)) {
          findings.add(source.finding(tree, code + ": " + ban.instead()));
        }
      }
    }
  }
}
