package io.nodelifecycle.kubernetes.mapping;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * A place in a JSON stream. Values of another type than asked for are skipped and read as empty, so
 * that a wrongly typed field never stops a stream. Not thread-safe.
 *
 * <p>Who closes a cursor at the end passes on its buffers and the field names that it has met to
 * those that come after; the stream stays open. That is for names of one's own: thousands are kept
 * for good, and those in answers of a server may be of any length.
 */
public final class JsonCursor implements AutoCloseable {
  /** No string that is kept may be longer; what is skipped may. */
  private static final int KEPT_STRING_MAX = 1 << 20;

  /** A name has to be read to be skipped; no API server accepts a request longer than this. */
  private static final int NAME_MAX = 3 << 20;

  /** What is deeper no API server reads. */
  private static final int DEPTH_MAX = 10_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(KEPT_STRING_MAX)
                  .maxNameLength(NAME_MAX)
                  .maxNestingDepth(DEPTH_MAX)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private final JsonParser parser;

  private JsonCursor(JsonParser parser) {
    this.parser = parser;
  }

  /** What is done with a field of an object: it is named, and its value must be read or skipped. */
  @FunctionalInterface
  public interface FieldReader {
    /** Reads the value that the cursor stands on. */
    void read(String field);
  }

  /**
   * Starts before the first value of a stream.
   *
   * @param stream JSON in UTF-8, any number of values; a read that fails surfaces as {@link
   *     JacksonException} with that failure as its cause
   */
  public static JsonCursor over(InputStream stream) {
    return new JsonCursor(FACTORY.createParser(ObjectReadContext.empty(), stream));
  }

  /** Starts before the first value of what has arrived completely: JSON in UTF-8. */
  public static JsonCursor over(byte[] json) {
    return new JsonCursor(FACTORY.createParser(ObjectReadContext.empty(), json));
  }

  /** Goes to the next value of the stream, waiting for it; false if the stream ended before one. */
  public boolean nextDocument() {
    return parser.nextToken() != null;
  }

  /** Reads an object field by field; anything else is skipped. */
  public void object(FieldReader reader) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      skip();
      return;
    }
    for (var field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      reader.read(field);
    }
    expectEnd(JsonToken.END_OBJECT);
  }

  /**
   * Reads an array element by element, each of which must be read or skipped; else as {@link
   * #skip}.
   */
  public void array(Runnable elementReader) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      skip();
      return;
    }
    var token = parser.nextToken();
    while (token != null && token != JsonToken.END_ARRAY) {
      elementReader.run();
      token = parser.nextToken();
    }
    expectEnd(JsonToken.END_ARRAY);
  }

  /** The string here, empty for anything else. */
  public String text() {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    skip();
    return "";
  }

  /** The integer here, clamped to 64 bits; empty for anything that is not a number. */
  public OptionalLong number() {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      skip();
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(parser.getLongValue());
    } catch (InputCoercionException _) {
      return OptionalLong.of(parser.getString().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
  }

  /** Whether the value here is {@code true}. */
  public boolean isTrue() {
    var isTrue = parser.currentToken() == JsonToken.VALUE_TRUE;
    skip();
    return isTrue;
  }

  /** Whether the value here is an object. */
  public boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /** Whether the value here is an array or null, which in API objects mean the same if empty. */
  public boolean isArrayOrNull() {
    return parser.currentToken() == JsonToken.START_ARRAY
        || parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Leaves the value here unread. */
  public void skip() {
    parser.skipChildren();
  }

  /** How many bytes of the stream came before this place. */
  public long position() {
    return parser.currentLocation().getByteOffset();
  }

  /** Hands over the bytes that were taken from the stream and not read yet. */
  public void release(OutputStream rest) {
    parser.releaseBuffered(rest);
  }

  @Override
  public void close() {
    parser.close();
  }

  private void expectEnd(JsonToken end) {
    if (parser.currentToken() != end) {
      throw new UnexpectedEndOfInputException(parser, end, "The JSON ends within a value");
    }
  }
}
