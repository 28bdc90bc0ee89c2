package io.nodelifecycle.sandbox.resource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of one object. It is kept as the bytes that go over the wire, beside the few fields
 * that are looked at often; it never changes.
 */
public final class StoredObject {
  private static final JsonFactory PARSERS = new JsonFactory();

  /** What is before the digits of a version; longer than any version. */
  private static final String VERSION_FIELD = "\"resourceVersion\":\"";

  private final ObjectRef ref;
  private final String uid;
  private final long resourceVersion;
  private final String nodeName;
  private final String phase;
  private final boolean isTerminating;
  private final boolean isReady;
  private final byte[] json;
  private final @Nullable LeaseText leaseText;

  private StoredObject(ObjectRef ref, ObjectNode tree) {
    this.ref = ref;
    this.uid = Json.text(tree, "metadata", "uid");
    this.resourceVersion = Long.parseLong(Json.text(tree, "metadata", "resourceVersion"));
    boolean pod = ref.type() == ResourceType.PODS;
    this.nodeName = pod ? Json.text(tree, "spec", "nodeName").intern() : "";
    this.phase = pod ? Json.text(tree, "status", "phase").intern() : "";
    this.isTerminating = tree.path("metadata").has("deletionTimestamp");
    this.isReady = pod && isReady(tree);
    this.json = Json.bytes(tree);
    this.leaseText = null;
  }

  private StoredObject(StoredObject before, long version, LeaseText text, byte[] json) {
    this.ref = before.ref;
    this.uid = before.uid;
    this.resourceVersion = version;
    this.nodeName = before.nodeName;
    this.phase = before.phase;
    this.isTerminating = before.isTerminating;
    this.isReady = before.isReady;
    this.json = json;
    this.leaseText = text;
  }

  private static boolean isReady(ObjectNode pod) {
    for (JsonNode condition : Json.at(pod, "status", "conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  /** The object that this tree describes; metadata must be complete. */
  public static StoredObject of(ResourceType type, ObjectNode tree) {
    JsonNode metadata = tree.path("metadata");
    String namespace = metadata.path("namespace").asString("").intern();
    return new StoredObject(
        new ObjectRef(type, namespace, metadata.path("name").asString("")), tree);
  }

  /** The same object under another version. */
  public StoredObject at(long version) {
    ObjectNode tree = tree();
    Json.child(tree, "metadata").put("resourceVersion", Long.toString(version));
    return new StoredObject(ref, tree);
  }

  /**
   * A lease as a renewal makes it, without building the tree.
   *
   * @param renewTime when it is renewed, in plain letters
   * @param version the version that makes it
   * @return empty if the object is no lease or has anything out of the ordinary, so that what
   *     becomes of it is up to the rules for writes in general
   */
  public Optional<StoredObject> renewed(String renewTime, long version) {
    var text = leaseText;
    if (text == null) {
      var found = LeaseText.of(this);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      text = found.get();
    }
    var time = renewTime.getBytes(StandardCharsets.UTF_8);
    if (!LeaseText.isPlain(time)) {
      return Optional.empty();
    }
    var digits = Long.toString(version).getBytes(StandardCharsets.US_ASCII);
    var renewed = text.with(digits.length, time.length);
    return Optional.of(new StoredObject(this, version, renewed, text.splice(json, digits, time)));
  }

  /** What it is called. */
  public ObjectRef ref() {
    return ref;
  }

  /** Its place in the order of its type. */
  public String key() {
    return ref.key();
  }

  /** Its type. */
  public ResourceType type() {
    return ref.type();
  }

  /** Its namespace; empty if its type has none. */
  public String namespace() {
    return ref.namespace();
  }

  /** Its name. */
  public String name() {
    return ref.name();
  }

  /** Its uid. */
  public String uid() {
    return uid;
  }

  /** The version of the whole cluster at which it came to be like this. */
  public long resourceVersion() {
    return resourceVersion;
  }

  /** The node a pod is bound to; empty if unbound or no pod. */
  public String nodeName() {
    return nodeName;
  }

  /** The phase of a pod; empty if it has none or is no pod. */
  public String phase() {
    return phase;
  }

  /** Whether it has a deletionTimestamp. */
  public boolean isTerminating() {
    return isTerminating;
  }

  /** Whether the Ready condition of a pod is True; false if it is no pod. */
  public boolean isReady() {
    return isReady;
  }

  /** The object in UTF-8. Shared with every reader: not to be written to. */
  public byte[] json() {
    return json;
  }

  /** Whether nothing but the version tells this from an earlier state of the same object. */
  public boolean isSameButVersion(StoredObject before) {
    byte[] old = before.json;
    int start = Arrays.mismatch(json, old);
    if (start < 0) {
      return true;
    }
    int end = json.length;
    int oldEnd = old.length;
    while (end > start && oldEnd > start && json[end - 1] == old[oldEnd - 1]) {
      end--;
      oldEnd--;
    }
    // Digits that both versions share at their ends belong to them as well.
    while (start > 0 && isDigit(json[start - 1])) {
      start--;
    }
    while (end < json.length && isDigit(json[end])) {
      end++;
      oldEnd++;
    }
    return text(old, start, oldEnd).equals(Long.toString(before.resourceVersion))
        && text(json, start, end).equals(Long.toString(resourceVersion))
        && text(json, Math.max(0, start - VERSION_FIELD.length()), start).equals(VERSION_FIELD);
  }

  private static boolean isDigit(byte letter) {
    return letter >= '0' && letter <= '9';
  }

  private static String text(byte[] json, int start, int end) {
    return end - start > VERSION_FIELD.length()
        ? ""
        : new String(json, start, end - start, StandardCharsets.US_ASCII);
  }

  /** The object as a tree of the caller's own. */
  public ObjectNode tree() {
    return (ObjectNode) Json.parse(json);
  }

  /** Its labels; read from the bytes at each call, without building the tree. */
  public Map<String, String> labels() {
    try (JsonParser parser = PARSERS.createParser(ObjectReadContext.empty(), json)) {
      return enter(parser, "metadata") && enter(parser, "labels") ? strings(parser) : Map.of();
    }
  }

  /** Steps into a property of the object that begins at the parser's next token. */
  private static boolean enter(JsonParser parser, String name) {
    if (parser.currentToken() == null) {
      parser.nextToken();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean found = parser.currentName().equals(name);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static Map<String, String> strings(JsonParser parser) {
    Map<String, String> strings = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        strings.put(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    return strings;
  }

  @Override
  public String toString() {
    return ref + "@" + resourceVersion;
  }
}
