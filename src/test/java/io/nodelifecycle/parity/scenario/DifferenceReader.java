package io.nodelifecycle.parity.scenario;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.parity.scenario.ExpectedDifference.Kind;
import io.nodelifecycle.parity.scenario.ExpectedDifference.Which;
import io.nodelifecycle.sandbox.yaml.YamlField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads the differences that are intended in a scenario. */
final class DifferenceReader {
  private static final int COUNT_MAX = 10_000;
  private static final Pattern ANY = Pattern.compile("");

  private DifferenceReader() {}

  static Optional<ExpectedDifference> read(YamlField field) {
    var section = field.get("section").flatMap(DifferenceReader::section);
    var why = field.get("why").flatMap(YamlField::text);
    var kind = kind(field);
    var which =
        new Which(
            field.find("kind").flatMap(f -> f.word(List.of("node", "pod", "event"))).orElse(""),
            pattern(field, "name"),
            pattern(field, "what"),
            pattern(field, "value"));
    var atLeast = number(field, "at-least").orElse(1);
    var atMost = number(field, "at-most");
    field.refuseOthers();
    if (atMost.isPresent() && atMost.getAsInt() < Math.max(atLeast, 1)) {
      field.refuse("at-most is less than at-least, or than 1");
    }
    return section.isEmpty() || why.isEmpty() || kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ExpectedDifference(section.get(), why.get(), kind.get(), which, atLeast, atMost));
  }

  /** A section of the contract. */
  static Optional<String> section(YamlField field) {
    var text = field.text();
    if (text.isPresent() && !Sections.isKnown(text.get())) {
      field.refuse(
          Quoted.of(text.get()) + " is no section of the contract: 1 to 11, or 11.1 to 11.18");
      return Optional.empty();
    }
    return text;
  }

  private static Optional<Kind> kind(YamlField field) {
    var kinds = new ArrayList<Kind>();
    field
        .find("only")
        .flatMap(f -> f.word(List.of("reference", "program")))
        .ifPresent(word ->
            kinds.add(word.equals("program") ? new Kind.OnlyProgram() : new Kind.OnlyReference()));
    field
        .find("earlier")
        .flatMap(YamlField::duration)
        .ifPresent(time -> kinds.add(new Kind.Earlier(time)));
    field
        .find("later")
        .flatMap(YamlField::duration)
        .ifPresent(time -> kinds.add(new Kind.Later(time)));
    if (Stream.of("only", "earlier", "later").filter(field::has).count() != 1) {
      field.refuse("needs exactly one of only, earlier and later");
    }
    return kinds.stream().findFirst();
  }

  private static Pattern pattern(YamlField field, String key) {
    var found = field.find(key);
    var text = found.flatMap(YamlField::text);
    if (text.isEmpty()) {
      return ANY;
    }
    try {
      return Pattern.compile(text.get());
    } catch (PatternSyntaxException e) {
      found.orElseThrow().refuse("is no regular expression: " + e.getDescription());
      return ANY;
    }
  }

  private static OptionalInt number(YamlField field, String key) {
    return field.find(key).map(f -> f.number(0, COUNT_MAX)).orElse(OptionalInt.empty());
  }
}
