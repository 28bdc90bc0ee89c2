package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object within an object. Asking for one as what it is not notes a problem; one
 * that is absent or null is none, unless it has to be there.
 */
final class CheckedFields {
  private final JsonNode tree;
  private final String path;
  private final BiConsumer<String, String> problems;

  /**
   * Fields of a tree.
   *
   * @param problems told the path of a field and what is wrong with it
   */
  CheckedFields(JsonNode tree, String path, BiConsumer<String, String> problems) {
    this.tree = tree;
    this.path = path;
    this.problems = problems;
  }

  /** Notes a problem with a field. */
  void refuse(String name, String what) {
    problems.accept(path(name), what);
  }

  private String path(String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
  }

  private boolean isAbsent(String name) {
    return tree.path(name).isMissingNode() || tree.path(name).isNull();
  }

  /** A text; empty where there is none. */
  String text(String name) {
    var value = tree.path(name);
    if (!isAbsent(name) && !value.isString()) {
      refuse(name, "is no text but " + Quoted.plain(value.toString()));
    }
    return value.isString() ? value.asString() : "";
  }

  /** A text that has to be there. */
  String needText(String name) {
    var text = text(name);
    if (text.isEmpty() && (isAbsent(name) || tree.path(name).isString())) {
      refuse(name, "is missing");
    }
    return text;
  }

  /** A text that, where it is there, is one of these. */
  void word(String name, List<String> known) {
    var text = text(name);
    if (!text.isEmpty() && !known.contains(text)) {
      refuse(
          name,
          Quoted.of(text)
              + " is none of "
              + String.join(", ", known)
              + Suggestion.question(text, known));
    }
  }

  /** True or false. */
  void bool(String name) {
    if (!isAbsent(name) && !tree.path(name).isBoolean()) {
      refuse(name, "is neither true nor false but " + Quoted.plain(tree.path(name).toString()));
    }
  }

  /** A whole number. */
  void wholeNumber(String name) {
    if (!isAbsent(name) && !tree.path(name).canConvertToLong()) {
      refuse(name, "is no whole number but " + Quoted.plain(tree.path(name).toString()));
    }
  }

  /** A time as API objects carry it. */
  void time(String name) {
    var text = text(name);
    if (!text.isEmpty()) {
      try {
        OffsetDateTime.parse(text);
      } catch (DateTimeException _) {
        refuse(name, Quoted.of(text) + " is no time such as 2026-01-31T12:00:00Z");
      }
    }
  }

  /** Texts by name, such as labels. */
  void texts(String name) {
    fields(name)
        .tree
        .properties()
        .forEach(entry -> {
          if (!entry.getValue().isString()) {
            refuse(name + "." + Quoted.plain(entry.getKey()), "is no text");
          }
        });
  }

  /** The fields of an object; none where it is absent. */
  CheckedFields fields(String name) {
    var value = tree.path(name);
    if (!isAbsent(name) && !value.isObject()) {
      refuse(name, "is no object");
    }
    return new CheckedFields(value, path(name), problems);
  }

  /** As {@link #fields}, of one that has to be there. */
  CheckedFields needFields(String name) {
    if (isAbsent(name)) {
      refuse(name, "is missing");
    }
    return fields(name);
  }

  /** The elements of a list of objects; none where it is absent. */
  List<CheckedFields> elements(String name) {
    var value = tree.path(name);
    if (!isAbsent(name) && !value.isArray()) {
      refuse(name, "is no list");
      return List.of();
    }
    var elements = new ArrayList<CheckedFields>();
    for (int i = 0; i < value.size(); i++) {
      var place = path(name) + "[" + i + "]";
      if (value.get(i).isObject()) {
        elements.add(new CheckedFields(value.get(i), place, problems));
      } else {
        problems.accept(place, "is no object");
      }
    }
    return elements;
  }
}
