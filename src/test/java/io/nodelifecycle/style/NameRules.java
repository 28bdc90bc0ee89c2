package io.nodelifecycle.style;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words that say nothing about a type, and how long its name may be. */
final class NameRules {
  static final int TYPE_NAME_MAX = 30;

  private static final String SAY_WHAT_IT_DOES = "name what it does, or move it where it belongs";

  /** A banned word of a type's name and what to write instead. */
  private static final Map<String, String> BANNED =
      Map.ofEntries(
          Map.entry("Manager", "name what it does: …Loop, …Planner, …Executor"),
          Map.entry("Helper", SAY_WHAT_IT_DOES),
          Map.entry("Helpers", SAY_WHAT_IT_DOES),
          Map.entry("Util", SAY_WHAT_IT_DOES),
          Map.entry("Utils", SAY_WHAT_IT_DOES),
          Map.entry("Utility", SAY_WHAT_IT_DOES),
          Map.entry("Utilities", SAY_WHAT_IT_DOES),
          Map.entry("Impl", "name how it differs: InMemory…, Streaming…"),
          Map.entry("Abstract", "use an interface, or compose"),
          Map.entry("Base", "use an interface, or compose"),
          Map.entry("Info", "…Snapshot, …Verdict, …State, or the noun alone"),
          Map.entry("Data", "…Snapshot, …Verdict, …State, or the noun alone"));

  private NameRules() {}

  static List<Finding> check(JavaSource source) {
    var findings = new ArrayList<Finding>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
        breaches(type.getSimpleName().toString())
            .forEach(message -> findings.add(source.finding(type, message)));
        return super.visitClass(type, null);
      }
    }.scan(source.unit(), null);
    return findings;
  }

  private static List<String> breaches(String name) {
    var messages = new ArrayList<String>();
    for (var word : name.split("(?<=[a-z0-9])(?=[A-Z])")) {
      var instead = BANNED.get(word);
      if (instead != null) {
        messages.add(name + ": no " + word + " in a type's name; " + instead);
      }
    }
    if (name.replaceFirst("(Test|IT)$", "").length() > TYPE_NAME_MAX) {
      messages.add(name + ": longer than " + TYPE_NAME_MAX + " characters");
    }
    return messages;
  }
}
