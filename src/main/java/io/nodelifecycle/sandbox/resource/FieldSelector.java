package io.nodelifecycle.sandbox.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Values that fields of an object must have or must not have, in the API's text form. */
public final class FieldSelector {
  /** Selects everything. */
  public static final FieldSelector ALL = new FieldSelector(List.of());

  private static final Map<ResourceType, Set<String>> SUPPORTED =
      Map.of(
          ResourceType.NODES,
          Set.of("metadata.name", "spec.unschedulable"),
          ResourceType.NAMESPACES,
          Set.of("metadata.name", "status.phase"),
          ResourceType.PODS,
          Set.of(
              "metadata.name",
              "metadata.namespace",
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          ResourceType.EVENTS,
          Set.of(
              "metadata.name",
              "metadata.namespace",
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "source",
              "type"));

  private static final Set<String> NAMES = Set.of("metadata.name", "metadata.namespace");

  private final List<Term> terms;

  private FieldSelector(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  private record Term(String field, String value, boolean equal) {}

  /**
   * Reads a selector such as {@code spec.nodeName=a,status.phase!=Failed}.
   *
   * @throws ApiFailure 400 if it is not well formed, or names a field that cannot be selected by
   */
  public static FieldSelector parse(ResourceType type, String text) {
    List<Term> terms = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        terms.add(term(type, part.strip(), text));
      }
    }
    return new FieldSelector(terms);
  }

  private static Term term(ResourceType type, String part, String whole) {
    int at = part.indexOf('=');
    if (at <= 0) {
      throw ApiFailure.badRequest(
          "invalid selector: '%s'; can't understand '%s'".formatted(whole, part));
    }
    boolean equal = part.charAt(at - 1) != '!';
    String field = part.substring(0, equal ? at : at - 1).strip();
    String value = part.substring(part.startsWith("==", at) ? at + 2 : at + 1).strip();
    if (!SUPPORTED.getOrDefault(type, NAMES).contains(field)) {
      throw ApiFailure.badRequest("field label not supported: " + field);
    }
    return new Term(field, value, equal);
  }

  /** Whether it selects everything. */
  public boolean isEmpty() {
    return terms.isEmpty();
  }

  /** The value that a field must have, if there is exactly one. */
  public Optional<String> required(String field) {
    return terms.stream()
        .filter(t -> t.equal() && t.field().equals(field))
        .map(Term::value)
        .findFirst();
  }

  /** Whether an object is selected. */
  public boolean matches(StoredObject object) {
    Supplier<ObjectNode> tree = new Memo(object);
    for (Term term : terms) {
      String value = known(object, term.field()).orElseGet(() -> read(tree.get(), term.field()));
      if (value.equals(term.value()) != term.equal()) {
        return false;
      }
    }
    return true;
  }

  /** The tree of an object, read when it is first asked for. */
  private static final class Memo implements Supplier<ObjectNode> {
    private final StoredObject object;
    private @Nullable ObjectNode tree;

    Memo(StoredObject object) {
      this.object = object;
    }

    @Override
    public ObjectNode get() {
      ObjectNode known = tree;
      if (known == null) {
        known = object.tree();
        tree = known;
      }
      return known;
    }
  }

  private static Optional<String> known(StoredObject object, String field) {
    boolean pod = object.type() == ResourceType.PODS;
    return switch (field) {
      case "metadata.name" -> Optional.of(object.name());
      case "metadata.namespace" -> Optional.of(object.namespace());
      case "spec.nodeName" -> Optional.of(object.nodeName());
      case "status.phase" -> pod ? Optional.of(object.phase()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String read(ObjectNode tree, String field) {
    return switch (field) {
      case "spec.unschedulable" ->
          String.valueOf(Json.at(tree, "spec", "unschedulable").asBoolean(false));
      case "source" -> Json.text(tree, "source", "component");
      default -> Json.text(tree, field.split("\\.", -1));
    };
  }
}
