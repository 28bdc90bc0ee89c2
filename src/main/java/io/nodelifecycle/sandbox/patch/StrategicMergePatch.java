package io.nodelifecycle.sandbox.patch;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A strategic merge patch, Kubernetes' own format: like a merge patch, but lists whose elements
 * have a key are merged element by element, and directives ({@code $patch}, {@code $retainKeys},
 * {@code $setElementOrder/...}, {@code $deleteFromPrimitiveList/...}) say what to take away.
 *
 * @param content the patch
 */
public record StrategicMergePatch(ObjectNode content) implements Patch {
  private static final String PATCH = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

  @Override
  public ObjectNode applyTo(ObjectNode original) {
    return new Merge(Json.text(original, "kind")).objects(original.deepCopy(), content, "");
  }

  /** One application of a patch to an object of a kind. */
  private record Merge(String kind) {

    /** Merges into {@code target}; {@code prefix} is where it is: names, each followed by a dot. */
    ObjectNode objects(ObjectNode target, ObjectNode patch, String prefix) {
      switch (Json.text(patch, PATCH)) {
        case "replace" -> {
          ObjectNode replacement = patch.deepCopy();
          replacement.remove(PATCH);
          return replacement;
        }
        case "delete" -> {
          return Json.object();
        }
        case "", "merge" -> {}
        default -> throw ApiFailure.unprocessable("unknown $patch directive: " + patch.get(PATCH));
      }
      retain(target, patch.path(RETAIN_KEYS));
      for (Map.Entry<String, JsonNode> change : patch.properties()) {
        String name = change.getKey();
        if (name.startsWith(DELETE_FROM)) {
          deleteFrom(target, name.substring(DELETE_FROM.length()), change.getValue());
        } else if (!name.startsWith("$")) {
          property(target, change, patch.path(ORDER + name), prefix);
        }
      }
      for (Map.Entry<String, JsonNode> change : patch.properties()) {
        String name = change.getKey();
        if (name.startsWith(ORDER) && !patch.has(name.substring(ORDER.length()))) {
          reorder(target, name.substring(ORDER.length()), change.getValue(), prefix);
        }
      }
      return target;
    }

    private void property(
        ObjectNode target, Map.Entry<String, JsonNode> change, JsonNode order, String prefix) {
      String name = change.getKey();
      JsonNode found = target.path(name);
      switch (change.getValue()) {
        case JsonNode value when value.isNull() -> target.remove(name);
        case ObjectNode object ->
            target.set(
                name,
                objects(
                    found instanceof ObjectNode inner ? inner : Json.object(),
                    object,
                    prefix + name + "."));
        case ArrayNode list -> {
          ArrayNode before = found instanceof ArrayNode array ? array : empty();
          target.set(name, new ListMerge(this, prefix + name, order).lists(before, list));
        }
        case JsonNode value -> target.set(name, value);
      }
    }

    private static void retain(ObjectNode target, JsonNode retained) {
      if (retained instanceof ArrayNode names) {
        target.retain(names.valueStream().map(n -> n.asString("")).toList());
      }
    }

    private static void deleteFrom(ObjectNode target, String name, JsonNode values) {
      if (target.get(name) instanceof ArrayNode list && values instanceof ArrayNode gone) {
        ArrayNode kept = empty();
        list.valueStream().filter(v -> gone.valueStream().noneMatch(v::equals)).forEach(kept::add);
        target.set(name, kept);
      }
    }

    private void reorder(ObjectNode target, String name, JsonNode order, String prefix) {
      if (target.get(name) instanceof ArrayNode list) {
        target.set(name, new ListMerge(this, prefix + name, order).lists(list, empty()));
      }
    }
  }

  /** The merging of one list: the object it is part of, its place, and the order asked for. */
  private record ListMerge(Merge merge, String path, JsonNode order) {

    ArrayNode lists(ArrayNode before, ArrayNode patch) {
      String key = MergeKeys.of(merge.kind(), path);
      if (key == null) {
        return patch.isEmpty() && !order.isMissingNode() ? before : withoutDirectives(patch);
      }
      if (key.equals(MergeKeys.SET)) {
        ArrayNode union = empty();
        before.valueStream().forEach(v -> addIfNew(union, v));
        patch.valueStream().forEach(v -> addIfNew(union, v));
        return sorted(union, before, order instanceof ArrayNode wanted ? wanted : patch, key);
      }
      if (patch.valueStream().anyMatch(e -> Json.text(e, PATCH).equals("replace"))) {
        return withoutDirectives(patch);
      }
      ArrayNode merged = before.deepCopy();
      for (JsonNode element : patch) {
        element(merged, element, key);
      }
      return sorted(merged, before, order instanceof ArrayNode wanted ? wanted : patch, key);
    }

    private void element(ArrayNode merged, JsonNode element, String key) {
      if (!(element instanceof ObjectNode object) || !object.has(key)) {
        throw ApiFailure.unprocessable(
            "map: %s does not contain declared merge key: %s".formatted(element, key));
      }
      int at = indexOf(merged, object, key);
      if (Json.text(object, PATCH).equals("delete")) {
        for (int i = at; i >= 0; i = indexOf(merged, object, key)) {
          merged.remove(i);
        }
      } else if (at >= 0 && merged.get(at) instanceof ObjectNode found) {
        merged.set(at, merge.objects(found, object, path + "."));
      } else {
        merged.add(merge.objects(Json.object(), object, path + "."));
      }
    }

    /*
     * The order of the result: elements named by the patch (or by its explicit order) keep the
     * order they have there; all others keep the order they had. Where the two kinds meet, one of
     * the others goes first only if the object had both and had it in front.
     */
    private static ArrayNode sorted(ArrayNode all, ArrayNode before, ArrayNode wanted, String key) {
      ArrayNode result = empty();
      ArrayNode others = empty();
      all.valueStream().filter(e -> indexOf(wanted, e, key) < 0).forEach(others::add);
      int next = 0;
      for (JsonNode named : wanted) {
        int at = indexOf(all, named, key);
        if (at < 0 || indexOf(result, named, key) >= 0) {
          continue;
        }
        int place = indexOf(before, named, key);
        while (next < others.size() && isBefore(others.get(next), place, before, key)) {
          result.add(others.get(next++));
        }
        result.add(all.get(at));
      }
      while (next < others.size()) {
        result.add(others.get(next++));
      }
      return result;
    }

    private static boolean isBefore(JsonNode other, int place, ArrayNode before, String key) {
      int otherPlace = indexOf(before, other, key);
      return otherPlace >= 0 && place >= 0 && otherPlace < place;
    }

    private static int indexOf(ArrayNode list, JsonNode wanted, String key) {
      for (int i = 0; i < list.size(); i++) {
        JsonNode element = list.get(i);
        boolean same =
            key.equals(MergeKeys.SET)
                ? element.equals(wanted)
                : element.path(key).equals(wanted.path(key)) && element.has(key);
        if (same) {
          return i;
        }
      }
      return -1;
    }

    private static void addIfNew(ArrayNode list, JsonNode value) {
      if (list.valueStream().noneMatch(value::equals)) {
        list.add(value);
      }
    }

    private static ArrayNode withoutDirectives(ArrayNode patch) {
      ArrayNode plain = empty();
      for (JsonNode element : patch) {
        if (element instanceof ObjectNode object && object.has(PATCH)) {
          ObjectNode rest = object.deepCopy();
          rest.remove(PATCH);
          if (!rest.isEmpty() && !Json.text(object, PATCH).equals("delete")) {
            plain.add(rest);
          }
        } else {
          plain.add(element.deepCopy());
        }
      }
      return plain;
    }
  }

  private static ArrayNode empty() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
