package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.BodyStream;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import io.nodelifecycle.kubernetes.mapping.ResourceMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/** Reads the events of one open watch as they arrive. */
final class WatchReader {
  /** No object that an API server stores is a tenth of that. */
  private static final long EVENT_BYTES_MAX = 32L << 20;

  /**
   * A parser remembers field names, which may be all that an object consists of; a new one now and
   * then forgets those of objects long gone.
   */
  private static final long BYTES_PER_PARSER = 4L << 20;

  private final ResourcePath path;
  private final SharedValues values;
  private final BodyStream stream;
  private final FieldReader fieldReader = this::readField;
  private JsonCursor json;
  private ResourceMapper mapper;
  private String type = "";
  private boolean hasObject;

  /** Waits for the first bytes of the stream. */
  WatchReader(ResourcePath path, SharedValues values, BodyStream stream) {
    this.path = path;
    this.values = values;
    this.stream = stream;
    json = JsonCursor.over(stream);
    mapper = ResourceMapper.of(path.resource(), json, values);
  }

  /** Reads the next event, waiting for it; false if the API server ended the watch. */
  boolean next() {
    stream.limitBytes(EVENT_BYTES_MAX);
    if (json.position() >= BYTES_PER_PARSER) {
      renewParser();
    }
    if (!json.nextDocument()) {
      return false;
    }
    type = "";
    hasObject = false;
    json.object(fieldReader);
    if (!hasObject) {
      type = "";
    }
    return true;
  }

  /** The type of the event that was read, empty if it lacks a type or an object. */
  String type() {
    return type;
  }

  /** The object of the event that was read. */
  ResourceMapper object() {
    return mapper;
  }

  /** The failure that an event of type ERROR reports. */
  ApiFailure error() {
    var status = mapper.status();
    var text = "HTTP " + status.code() + ": " + status.reason() + " " + status.message();
    return new ApiFailure(status.code(), text, Duration.ZERO);
  }

  private void renewParser() {
    var rest = new ByteArrayOutputStream();
    json.release(rest);
    stream.unread(rest.toByteArray());
    json = JsonCursor.over(stream);
    mapper = ResourceMapper.of(path.resource(), json, values);
  }

  private void readField(String field) {
    switch (field) {
      case "type" -> type = json.text();
      case "object" -> {
        hasObject = true;
        mapper.read();
      }
      default -> json.skip();
    }
  }
}
