package io.nodelifecycle.sandbox.resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Labels that an object must have or must not have, in the API's text form. */
public final class LabelSelector {
  /** Selects everything. */
  public static final LabelSelector ALL = new LabelSelector(List.of());

  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*" + KEY);
  private static final Pattern EQUALITY =
      Pattern.compile(KEY + "\\s*(==|=|!=)\\s*([-A-Za-z0-9_.]*)");
  private static final Pattern MEMBERSHIP =
      Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern COMPARISON = Pattern.compile(KEY + "\\s*([<>])\\s*(-?[0-9]{1,18})");

  private final List<Requirement> requirements;

  private LabelSelector(List<Requirement> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /**
   * Reads a selector such as {@code a=b,c!=d,e in (f,g),h,!i}.
   *
   * @throws ApiFailure 400 if it is not well formed
   */
  public static LabelSelector parse(String text) {
    List<Requirement> requirements = new ArrayList<>();
    for (String part : split(text)) {
      requirements.add(requirement(part.strip()));
    }
    return new LabelSelector(requirements);
  }

  /** Whether it selects everything. */
  public boolean isEmpty() {
    return requirements.isEmpty();
  }

  /** Whether an object with these labels is selected. */
  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(r -> r.matches(labels.get(r.key())));
  }

  private sealed interface Requirement {
    String key();

    boolean matches(@Nullable String value);
  }

  private record Present(String key, boolean wanted) implements Requirement {
    @Override
    public boolean matches(@Nullable String value) {
      return (value != null) == wanted;
    }
  }

  private record OneOf(String key, Set<String> values, boolean wanted) implements Requirement {
    @Override
    public boolean matches(@Nullable String value) {
      return (value != null && values.contains(value)) == wanted;
    }
  }

  private record Compared(String key, boolean greater, long bound) implements Requirement {
    @Override
    public boolean matches(@Nullable String value) {
      if (value == null || !value.matches("-?[0-9]{1,18}")) {
        return false;
      }
      int order = Long.compare(Long.parseLong(value), bound);
      return greater ? order > 0 : order < 0;
    }
  }

  private static Requirement requirement(String text) {
    Matcher presence = PRESENCE.matcher(text);
    if (presence.matches()) {
      return new Present(presence.group(2), presence.group(1).isEmpty());
    }
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      return new OneOf(
          equality.group(1), Set.of(equality.group(3)), !equality.group(2).equals("!="));
    }
    Matcher membership = MEMBERSHIP.matcher(text);
    if (membership.matches()) {
      Set<String> values =
          Arrays.stream(membership.group(3).split(",", -1))
              .map(String::strip)
              .collect(Collectors.toSet());
      return new OneOf(membership.group(1), values, membership.group(2).equals("in"));
    }
    Matcher comparison = COMPARISON.matcher(text);
    if (comparison.matches()) {
      return new Compared(
          comparison.group(1),
          comparison.group(2).equals(">"),
          Long.parseLong(comparison.group(3)));
    }
    throw ApiFailure.badRequest("unable to parse requirement: '" + text + "'");
  }

  /** Splits at commas that are not within parentheses. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (!text.isBlank()) {
      parts.add(text.substring(start));
    }
    return parts;
  }
}
