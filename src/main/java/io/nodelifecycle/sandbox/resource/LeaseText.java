package io.nodelifecycle.sandbox.resource;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Where in the bytes of an ordinary lease the two values are that a renewal changes. Ordinary is a
 * lease of which every other value comes out of any write as it went in: plain strings and whole
 * numbers under names that have no meaning to the rules for writes.
 *
 * @param versionStart where the letters of metadata.resourceVersion begin
 * @param versionEnd where they end
 * @param timeStart where the letters of spec.renewTime begin, after those of the version
 * @param timeEnd where they end
 */
record LeaseText(int versionStart, int versionEnd, int timeStart, int timeEnd) {
  private static final JsonFactory PARSERS = new JsonFactory();
  private static final Set<String> METADATA =
      Set.of("name", "namespace", "uid", "creationTimestamp", "resourceVersion");
  private static final Set<String> SPEC =
      Set.of(
          "holderIdentity", "leaseDurationSeconds", "acquireTime", "renewTime", "leaseTransitions");

  /** Where the values of an object are; empty if it is no ordinary lease. */
  static Optional<LeaseText> of(StoredObject object) {
    if (object.type() != ResourceType.LEASES || !isPlainObject(object.json())) {
      return Optional.empty();
    }
    try (var parser = PARSERS.createParser(ObjectReadContext.empty(), object.json())) {
      return Optional.ofNullable(read(parser));
    }
  }

  private static @Nullable LeaseText read(JsonParser parser) {
    parser.nextToken();
    if (!isNext(parser, "kind", JsonToken.VALUE_STRING)
        || !isNext(parser, "apiVersion", JsonToken.VALUE_STRING)
        || !isNext(parser, "metadata", JsonToken.START_OBJECT)) {
      return null;
    }
    var metadata = values(parser, METADATA);
    if (metadata.size() < METADATA.size() || !isNext(parser, "spec", JsonToken.START_OBJECT)) {
      return null;
    }
    var spec = values(parser, SPEC);
    var version = metadata.get("resourceVersion");
    var time = spec.get("renewTime");
    var isAll = parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    return version == null || time == null || !isAll
        ? null
        : new LeaseText(version.start, version.end, time.start, time.end);
  }

  private static boolean isNext(JsonParser parser, String name, JsonToken value) {
    return parser.nextToken() == JsonToken.PROPERTY_NAME
        && parser.currentName().equals(name)
        && parser.nextToken() == value;
  }

  /** The part of the bytes between the quotes of a string. */
  private record Range(int start, int end) {}

  /** The strings of an object; none if it has anything but those and numbers with these names. */
  private static Map<String, Range> values(JsonParser parser, Set<String> names) {
    var values = new HashMap<String, Range>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      var token = parser.nextToken();
      var isNumber = token == JsonToken.VALUE_NUMBER_INT && name.startsWith("lease");
      var isText = token == JsonToken.VALUE_STRING && !name.startsWith("lease");
      if (!names.contains(name) || !(isNumber || isText)) {
        return Map.of();
      }
      if (isText) {
        int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
        int length = parser.getStringLength();
        if (length == 0) {
          return Map.of();
        }
        values.put(name, new Range(start, start + length));
      }
    }
    return values;
  }

  /** Whether every letter stands for itself, and for one byte. */
  private static boolean isPlainObject(byte[] json) {
    for (byte letter : json) {
      if (letter < ' ' || letter > '~' || letter == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Whether a string of these letters is written as it is. */
  static boolean isPlain(byte[] text) {
    for (byte letter : text) {
      if (letter == '"') {
        return false;
      }
    }
    return text.length > 0 && isPlainObject(text);
  }

  /** Where the values are when they are of other lengths. */
  LeaseText with(int versionLength, int timeLength) {
    int longer = versionLength - (versionEnd - versionStart);
    if (longer == 0 && timeLength == timeEnd - timeStart) {
      return this;
    }
    int start = timeStart + longer;
    return new LeaseText(versionStart, versionStart + versionLength, start, start + timeLength);
  }

  /** The bytes with other values. */
  byte[] splice(byte[] json, byte[] version, byte[] time) {
    var to = with(version.length, time.length);
    var spliced = new byte[json.length + to.timeEnd - timeEnd];
    System.arraycopy(json, 0, spliced, 0, versionStart);
    System.arraycopy(version, 0, spliced, versionStart, version.length);
    System.arraycopy(json, versionEnd, spliced, to.versionEnd, timeStart - versionEnd);
    System.arraycopy(time, 0, spliced, to.timeStart, time.length);
    System.arraycopy(json, timeEnd, spliced, to.timeEnd, json.length - timeEnd);
    return spliced;
  }
}
