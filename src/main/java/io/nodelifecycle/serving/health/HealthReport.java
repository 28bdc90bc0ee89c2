package io.nodelifecycle.serving.health;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What checks have said, in the words in which Kubernetes' own components say it.
 *
 * @param title the page's, for instance {@code livez}
 * @param verdicts by the names of the checks, in their order
 */
record HealthReport(String title, Map<String, Verdict> verdicts) {
  private static final String WITHHELD = "reason withheld";

  /** Asks these checks but the excluded ones. */
  static HealthReport of(String title, Collection<HealthCheck> checks, Set<String> excluded) {
    var verdicts = new LinkedHashMap<String, Verdict>();
    for (var check : checks) {
      if (!excluded.contains(check.name())) {
        verdicts.put(check.name(), check.verdict().get());
      }
    }
    return new HealthReport(title, verdicts);
  }

  /** Whether no check fails. */
  boolean isGood() {
    return verdicts.values().stream().noneMatch(Verdict.Failed.class::isInstance);
  }

  /** The answer where all is well and nobody asked for more: {@code ok}, and what is noteworthy. */
  String brief() {
    var details =
        verdicts.values().stream()
            .map(verdict -> verdict instanceof Verdict.Passed(var detail) ? detail : "")
            .filter(detail -> !detail.isEmpty())
            .collect(Collectors.joining(", "));
    return details.isEmpty() ? "ok" : "ok (" + details + ")";
  }

  /**
   * A line for each check.
   *
   * @param unmatched names that were to be excluded and are those of no check
   * @param isExplained whether lines say why
   */
  String verbose(Set<String> excluded, Set<String> unmatched, boolean isExplained) {
    var text = new StringBuilder();
    verdicts.forEach((name, verdict) -> text.append(line(name, verdict, isExplained)).append('\n'));
    excluded.stream()
        .filter(name -> !unmatched.contains(name))
        .sorted()
        .forEach(name -> text.append("[+]").append(name).append(" excluded: ok\n"));
    if (!unmatched.isEmpty()) {
      text.append("warn: some health checks cannot be excluded: no matches for ")
          .append(
              new TreeSet<>(unmatched)
                  .stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ")))
          .append('\n');
    }
    return text + title + " check " + (isGood() ? "passed" : "failed") + "\n";
  }

  private static String line(String name, Verdict verdict, boolean isExplained) {
    return switch (verdict) {
      case Verdict.Passed(var detail) ->
          detail.isEmpty() ? "[+]" + name + " ok" : "[+]" + name + " ok: " + detail;
      case Verdict.Warned(var reason) ->
          "[!]" + name + " warning: " + (isExplained ? reason : WITHHELD);
      case Verdict.Failed(var reason) ->
          "[-]" + name + " failed: " + (isExplained ? reason : WITHHELD);
    };
  }
}
