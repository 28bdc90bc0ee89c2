package io.nodelifecycle.sandbox.http;

import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.Deletion;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.ObjectPage;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.patch.Patch;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.FieldSelector;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.LabelSelector;
import io.nodelifecycle.sandbox.resource.ObjectFilter;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of the cluster about objects, and what is answered; without HTTP. */
public final class ObjectAnswers {
  private final SandboxCluster cluster;
  private final InstantSource time;

  /** Answers from this cluster; the time is what is written into objects. */
  public ObjectAnswers(SandboxCluster cluster, InstantSource time) {
    this.cluster = cluster;
    this.time = time;
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param pieces JSON in UTF-8, in order; not to be written to
   */
  public record Reply(int status, List<byte[]> pieces) {}

  /**
   * Carries a request out that is no watch.
   *
   * @param method the HTTP method
   * @param target path and query, encoded
   * @param contentType of the body; empty if there is none
   * @param body empty if there is none
   * @throws ApiFailure if it is refused
   */
  public Reply answer(String method, String target, String contentType, String body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    Query query = Query.parse(question < 0 ? null : target.substring(question + 1));
    ApiCall call =
        ApiCall.parse(method, path, query)
            .filter(found -> !found.isWatch())
            .orElseThrow(() -> ApiFailure.of(404, "NotFound", "there is nothing at " + path));
    return reply(call, RequestBody.of(contentType, body), Rendering.OBJECTS);
  }

  /** Carries a request out. */
  Reply reply(ApiCall call, RequestBody body, Rendering rendering) {
    Supplier<Reply> action = () -> dispatch(call, body, rendering);
    boolean writes = !call.method().equals("GET");
    return writes && isDryRun(call, body) ? cluster.rehearse(action) : action.get();
  }

  /** Whether a client asked, by parameter or in its options, that nothing be changed. */
  private static boolean isDryRun(ApiCall call, RequestBody body) {
    boolean hasOptions = call.method().equals("DELETE") || call.subresource().equals("eviction");
    if (call.query().text("dryRun").equals("All") || !hasOptions || body.isEmpty()) {
      return call.query().text("dryRun").equals("All");
    }
    ObjectNode sent = body.anyObject();
    JsonNode options = call.method().equals("DELETE") ? sent : sent.path("deleteOptions");
    return options.path("dryRun").valueStream().anyMatch(value -> value.asString("").equals("All"));
  }

  private Reply dispatch(ApiCall call, RequestBody body, Rendering rendering) {
    boolean main = call.subresource().isEmpty();
    boolean status = call.subresource().equals("status") && call.type().hasStatus();
    if (!main && !status) {
      return subresource(call, body);
    }
    if (call.isCollection()) {
      return collection(call, body, rendering);
    }
    Part part = status ? Part.STATUS : Part.MAIN;
    return switch (call.method()) {
      case "GET" -> one(200, cluster.get(call.ref()), call, rendering);
      case "PUT" -> {
        boolean creates = cluster.find(call.ref()).isEmpty();
        StoredObject object = cluster.update(call.ref(), part, body.object(call), time.instant());
        yield one(creates ? 201 : 200, object, call, rendering);
      }
      case "PATCH" -> {
        Patch patch = Patch.parse(body.contentType(), body.bytes());
        yield one(200, cluster.patch(call.ref(), part, patch, time.instant()), call, rendering);
      }
      case "DELETE" -> {
        if (status) {
          throw methodNotAllowed();
        }
        yield deleted(cluster.delete(call.ref(), deleteOptions(call, body), time.instant()));
      }
      default -> throw methodNotAllowed();
    };
  }

  private Reply collection(ApiCall call, RequestBody body, Rendering rendering) {
    ResourceType type = call.type();
    boolean everywhere = type.isNamespaced() && call.namespace().isEmpty();
    return switch (call.method()) {
      case "GET" -> list(call, cluster.list(query(call), page(call.query())), rendering);
      case "POST" -> {
        if (everywhere) {
          throw methodNotAllowed();
        }
        ObjectNode object = body.object(call);
        yield one(
            201, cluster.create(type, call.namespace(), object, time.instant()), call, rendering);
      }
      case "DELETE" -> {
        if (everywhere || type == ResourceType.NAMESPACES) {
          throw methodNotAllowed();
        }
        DeleteOptions options = deleteOptions(call, body);
        yield list(call, cluster.deleteAll(query(call), options, time.instant()), rendering);
      }
      default -> throw methodNotAllowed();
    };
  }

  private Reply subresource(ApiCall call, RequestBody body) {
    boolean pod = call.type() == ResourceType.PODS && !call.isCollection();
    boolean binding = pod && call.subresource().equals("binding");
    boolean eviction = pod && call.subresource().equals("eviction");
    if (!binding && !eviction) {
      throw ApiFailure.of(404, "NotFound", "the server could not find the requested resource");
    }
    if (!call.method().equals("POST")) {
      throw methodNotAllowed();
    }
    ObjectNode content = body.anyObject();
    if (binding) {
      String node = Json.text(content, "target", "name");
      if (node.isEmpty()) {
        throw ApiFailure.unprocessable("target.name: Required value");
      }
      cluster.bind(call.ref(), node, time.instant());
    } else {
      DeleteOptions options = RequestBody.deleteOptions(content.path("deleteOptions"));
      cluster.delete(call.ref(), options, time.instant());
    }
    return new Reply(201, List.of(Json.bytes(success().put("code", 201))));
  }

  private Reply one(int status, StoredObject object, ApiCall call, Rendering rendering) {
    return new Reply(status, List.of(rendering.object(object, call.query(), time.instant())));
  }

  private Reply list(ApiCall call, ObjectPage page, Rendering rendering) {
    return new Reply(200, rendering.list(call.type(), page, call.query(), time.instant()));
  }

  /** A pod, and whatever is not gone yet, is answered with itself; the rest with a success. */
  private static Reply deleted(Deletion deletion) {
    StoredObject object = deletion.object();
    if (!deletion.isRemoved() || object.type() == ResourceType.PODS) {
      return new Reply(200, List.of(object.json()));
    }
    ObjectNode success = success();
    ObjectNode details = success.putObject("details").put("name", object.name());
    if (!object.type().group().group().isEmpty()) {
      details.put("group", object.type().group().group());
    }
    details.put("kind", object.type().plural()).put("uid", object.uid());
    return new Reply(200, List.of(Json.bytes(success)));
  }

  private static ObjectNode success() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success");
  }

  private static DeleteOptions deleteOptions(ApiCall call, RequestBody body) {
    JsonNode sent = body.isEmpty() ? Json.object() : body.anyObject();
    DeleteOptions options = RequestBody.deleteOptions(sent);
    return call.query()
        .number("gracePeriodSeconds")
        .map(options::withGracePeriodSeconds)
        .orElse(options);
  }

  static ListQuery query(ApiCall call) {
    LabelSelector labels = LabelSelector.parse(call.query().text("labelSelector"));
    FieldSelector fields = FieldSelector.parse(call.type(), call.query().text("fieldSelector"));
    return new ListQuery(call.type(), call.namespace(), new ObjectFilter(labels, fields));
  }

  private static PageRequest page(Query query) {
    long limit = query.number("limit").orElse(0L);
    return new PageRequest(
        Math.clamp(limit, 0, Integer.MAX_VALUE - 8),
        query.text("continue"),
        query.text("resourceVersion"),
        query.text("resourceVersionMatch"));
  }

  private static ApiFailure methodNotAllowed() {
    return ApiFailure.of(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }
}
