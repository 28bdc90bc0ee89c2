package io.nodelifecycle.sandbox.resource;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that was refused. It carries what the {@code Status} object of the answer says; the
 * codes, reasons and messages are those of a real API server.
 */
public final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient ObjectNode details;
  private final String continueToken;

  private ApiFailure(int code, String reason, String message, ObjectNode details, String token) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.continueToken = token;
  }

  /**
   * What is wrong with one field.
   *
   * @param reason for example {@code FieldValueInvalid}
   * @param message what is wrong
   * @param field its path
   */
  public record Cause(String reason, String message, String field) {

    /** A value that is not allowed. */
    public static Cause invalid(String field, String value, String why) {
      return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + why, field);
    }

    /** A value that is missing; {@code why} may be empty. */
    public static Cause required(String field, String why) {
      String message = why.isEmpty() ? "Required value" : "Required value: " + why;
      return new Cause("FieldValueRequired", message, field);
    }

    /** A field that may not be written. */
    public static Cause forbidden(String field, String why) {
      return new Cause("FieldValueForbidden", "Forbidden: " + why, field);
    }
  }

  /** Any failure about no particular object. */
  public static ApiFailure of(int code, String reason, String message) {
    return new ApiFailure(code, reason, message, Json.object(), "");
  }

  /** There is no such object. */
  public static ApiFailure notFound(ObjectRef ref) {
    return about(ref, 404, "NotFound", "not found");
  }

  /** An object of this name is there already. */
  public static ApiFailure alreadyExists(ObjectRef ref) {
    return about(ref, 409, "AlreadyExists", "already exists");
  }

  /** The object is not in the state that the request rests on. */
  public static ApiFailure conflict(ObjectRef ref, String why) {
    return new ApiFailure(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(ref.type().qualifiedName(), ref.name(), why),
        details(ref),
        "");
  }

  /** The object would break its rules. */
  public static ApiFailure invalid(ObjectRef ref, List<Cause> causes) {
    List<String> texts = causes.stream().map(c -> c.field() + ": " + c.message()).toList();
    String problems = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    ObjectNode details = details(ref).put("kind", ref.type().kind());
    ArrayNode list = details.putArray("causes");
    for (Cause cause : causes) {
      list.addObject()
          .put("reason", cause.reason())
          .put("message", cause.message())
          .put("field", cause.field());
    }
    String kind = ref.type().kind();
    if (!ref.type().group().group().isEmpty()) {
      kind = kind + "." + ref.type().group().group();
    }
    String message = "%s \"%s\" is invalid: %s".formatted(kind, ref.name(), problems);
    return new ApiFailure(422, "Invalid", message, details, "");
  }

  /** The caller may not do this. */
  public static ApiFailure forbidden(ObjectRef ref, String why) {
    return new ApiFailure(
        403,
        "Forbidden",
        "%s \"%s\" is forbidden: %s".formatted(ref.type().qualifiedName(), ref.name(), why),
        details(ref),
        "");
  }

  /** The request makes no sense. */
  public static ApiFailure badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  /** The asked for version is no longer kept. */
  public static ApiFailure expired(String message) {
    return of(410, "Expired", message);
  }

  /** As {@link #expired}, with a token that goes on with the list as it is now. */
  public static ApiFailure expired(String message, String continueToken) {
    return new ApiFailure(410, "Expired", message, Json.object(), continueToken);
  }

  /** A patch that cannot be applied to the object as it is. */
  public static ApiFailure unprocessable(String message) {
    return of(422, "Invalid", message);
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** The machine-readable reason, for example {@code NotFound}. */
  public String reason() {
    return reason;
  }

  /** The {@code Status} object that tells a client. */
  public ObjectNode status() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    ObjectNode metadata = status.putObject("metadata");
    if (!continueToken.isEmpty()) {
      metadata.put("continue", continueToken);
    }
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  private static ApiFailure about(ObjectRef ref, int code, String reason, String what) {
    String message = "%s \"%s\" %s".formatted(ref.type().qualifiedName(), ref.name(), what);
    return new ApiFailure(code, reason, message, details(ref), "");
  }

  private static ObjectNode details(ObjectRef ref) {
    ObjectNode details = Json.object();
    if (!ref.name().isEmpty()) {
      details.put("name", ref.name());
    }
    if (!ref.type().group().group().isEmpty()) {
      details.put("group", ref.type().group().group());
    }
    return details.put("kind", ref.type().plural());
  }
}
