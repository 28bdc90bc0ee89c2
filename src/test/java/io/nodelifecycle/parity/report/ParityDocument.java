package io.nodelifecycle.parity.report;

import io.nodelifecycle.parity.scenario.ExpectedDifference;
import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.scenario.Scenario.Flags;
import io.nodelifecycle.parity.verdict.IntendedDifference;
import io.nodelifecycle.parity.verdict.Judgement;
import io.nodelifecycle.parity.verdict.Reason;
import io.nodelifecycle.parity.verdict.Relation;
import io.nodelifecycle.parity.verdict.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All verdicts as a document: a line for each scenario, then what differs in it. It holds nothing
 * that varies from run to run: no times, and only differences that happen in every run. Of
 * scenarios that were not run, what it held before is kept.
 */
public final class ParityDocument {
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^## (?<name>[a-z0-9-]+)\n(?<body>.*?)(?=^## |\\z)");
  private static final Pattern LINE = Pattern.compile("(?m)^\\| \\[(?<name>[a-z0-9-]+)\\].*$");
  private static final Comparator<Reason> BY_SECTION =
      Comparator.comparingDouble((Reason reason) -> Double.parseDouble(ordered(reason.section())))
          .thenComparing(Reason::why);

  private static final String HEAD =
      """
      # Side by side with the reference

      Every [scenario](parity-scenarios.md) was run with kube-controller-manager 1.20.2 and with
      this program, each on a real etcd and kube-apiserver of that version, and every change of
      nodes, pods and events was compared. `same`: all that the reference does in every run, the
      program does too, at the same time, and nothing else. `as intended`: what differs is intended
      by the section of the contract that is named. Numbers are how many different changes are
      concerned.

      This file is written by
      `mvn -q -o verify -Dquick -DskipUTs -Dit.test=ParityIT -Dparity=all -Ddocs=apply`.

      | scenario | shows sections | flags besides the usual ones | verdict | differences |
      | --- | --- | --- | --- | --- |
      """;

  private static final String EVERYWHERE =
      """

      Intended in every scenario (*at times*: the reference does not always do it, so that it is
      neither counted nor part of the verdict):

      | section | what the program does |
      | --- | --- |
      """;

  private final Map<String, String> lines = new TreeMap<>();
  private final Map<String, String> details = new TreeMap<>();

  private ParityDocument() {}

  /** What the document says now; the text may be empty. */
  public static ParityDocument parse(String text) {
    var document = new ParityDocument();
    var line = LINE.matcher(text);
    while (line.find()) {
      document.lines.put(line.group("name"), line.group());
    }
    var section = SECTION.matcher(text);
    while (section.find()) {
      document.details.put(section.group("name"), section.group("body").strip());
    }
    document.details.keySet().retainAll(document.lines.keySet());
    return document;
  }

  /** The names of the scenarios that it tells of. */
  public Set<String> names() {
    return Set.copyOf(lines.keySet());
  }

  /** Leaves out what is told of scenarios that are none any more. */
  public void retain(List<String> names) {
    lines.keySet().retainAll(names);
    details.keySet().retainAll(names);
  }

  /** Tells of a scenario that was run, instead of what was told of it before. */
  public void put(Scenario scenario, Judgement judgement) {
    var counts = counts(judgement);
    lines.put(
        scenario.name(),
        "| [%s](#%s) | %s | %s | %s | %s |"
            .formatted(
                scenario.name(),
                scenario.name(),
                String.join(", ", scenario.sections()),
                flags(scenario.flags()),
                judgement.verdict().words(),
                differences(scenario, counts)));
    details.put(scenario.name(), details(scenario, judgement, counts));
  }

  /** The whole document. */
  public String text() {
    var text = new StringBuilder(HEAD);
    lines.values().forEach(line -> text.append(line).append('\n'));
    text.append(EVERYWHERE);
    Arrays.stream(IntendedDifference.values())
        .map(IntendedDifference::reason)
        .sorted(BY_SECTION)
        .forEach(reason -> text.append(everywhere(reason)));
    details.forEach((name, body) -> text.append("\n## %s\n\n%s\n".formatted(name, body)));
    return text.toString();
  }

  private static String everywhere(Reason reason) {
    return "| %s | %s%s |\n"
        .formatted(reason.section(), reason.why(), reason.isSteady() ? "" : " (*at times*)");
  }

  /** Section 11.6 comes after 11.4 and before 11.10. */
  private static String ordered(String section) {
    var parts = section.split("\\.", 2);
    return parts.length == 1 ? section : "%s.%02d".formatted(parts[0], Integer.valueOf(parts[1]));
  }

  private static String flags(Flags flags) {
    return Stream.of(
            listed("", flags.both()),
            listed("reference: ", flags.reference()),
            listed("program: ", flags.program()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining("; "));
  }

  private static Optional<String> listed(String prefix, Map<String, String> flags) {
    return flags.isEmpty()
        ? Optional.empty()
        : Optional.of(
            prefix
                + flags.entrySet().stream()
                    .map(flag -> "`" + flag.getKey() + "=" + flag.getValue() + "`")
                    .collect(Collectors.joining(", ")));
  }

  /** By reason, how many different changes differ in every run. */
  private static Map<Reason, Long> counts(Judgement judgement) {
    var counts = new TreeMap<Reason, Long>(BY_SECTION);
    judgement.rows().stream()
        .filter(row -> row.relation() != Relation.SAME)
        .filter(row -> row.reason().filter(Reason::isSteady).isPresent())
        .collect(
            Collectors.groupingBy(
                row -> row.reason().orElseThrow(),
                Collectors.mapping(row -> row.change().key(), Collectors.toSet())))
        .forEach((reason, keys) -> counts.put(reason, (long) keys.size()));
    counts.putAll(judgement.translated());
    return counts;
  }

  private static String differences(Scenario scenario, Map<Reason, Long> counts) {
    var listed =
        counts.entrySet().stream()
            .map(entry -> "%s (%d)".formatted(entry.getKey().section(), entry.getValue()));
    var atTimes =
        scenario.differences().stream()
            .filter(difference -> !difference.isSteady())
            .map(ExpectedDifference::section)
            .distinct()
            .map(section -> section + " (at times)");
    return Stream.concat(listed, atTimes).collect(Collectors.joining(", "));
  }

  private static String details(Scenario scenario, Judgement judgement, Map<Reason, Long> counts) {
    var text = new StringBuilder(scenario.about()).append("\n");
    var reasons = new LinkedHashSet<String>();
    counts.forEach((reason, count) ->
        reasons.add("- %s: %s (%d)\n".formatted(reason.section(), reason.why(), count)));
    scenario.differences().stream()
        .filter(difference -> !difference.isSteady())
        .forEach(difference ->
            reasons.add(
                "- %s: %s (*at times*)\n".formatted(difference.section(), difference.why())));
    if (!reasons.isEmpty()) {
      text.append('\n');
      reasons.forEach(text::append);
    }
    text.append(rows(judgement));
    return text.toString().strip();
  }

  private static String rows(Judgement judgement) {
    var differing =
        judgement.rows().stream()
            .filter(row -> row.relation() != Relation.SAME)
            .filter(row -> row.isUnexplained() || row.reason().orElseThrow().isSteady())
            .map(ParityDocument::row)
            .distinct()
            .sorted()
            .toList();
    return differing.isEmpty()
        ? ""
        : """

        <details><summary>The changes that differ</summary>

        | in the program | section | change |
        | --- | --- | --- |
        %s
        </details>
        """
            .formatted(String.join("", differing));
  }

  private static String row(Row row) {
    return "| %s | %s | `%s` |\n"
        .formatted(
            row.relation().word(),
            row.reason().map(Reason::section).orElse("**none**"),
            row.change().key().replace("|", "\\|"));
  }
}
