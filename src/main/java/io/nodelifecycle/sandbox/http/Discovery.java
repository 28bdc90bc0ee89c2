package io.nodelifecycle.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.ApiGroup;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What tells clients which resources there are. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> STATUS_VERBS = List.of("get", "patch", "update");

  private final Map<String, JsonNode> documents = new TreeMap<>();
  private final OpenApi openApi = new OpenApi();

  Discovery() {
    documents.put("/version", version());
    documents.put("/api", coreVersions());
    documents.put("/apis", groups());
    documents.put("/apis/policy", group("policy", "v1"));
    for (ApiGroup group : ApiGroup.values()) {
      documents.put(group.path(), resources(group));
      if (group != ApiGroup.CORE) {
        documents.put("/apis/" + group.group(), group(group.group(), group.version()));
      }
    }
    ObjectNode policy = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    // A group needs a resource to be found, and evictions need the group.
    policy
        .put("groupVersion", "policy/v1")
        .putArray("resources")
        .addObject()
        .put("name", "poddisruptionbudgets")
        .put("singularName", "poddisruptionbudget")
        .put("namespaced", true)
        .put("kind", "PodDisruptionBudget")
        .putArray("verbs");
    documents.put("/apis/policy/v1", policy);
  }

  /** Answers any request that is not about objects. */
  void answer(HttpExchange exchange, String path) throws IOException {
    String plain = path.length() > 1 && path.endsWith("/") ? path.replaceAll("/+$", "") : path;
    JsonNode document = documents.get(plain);
    if (document == null && openApi.answer(exchange, plain)) {
      return;
    }
    boolean known = ApiGroupPaths.contain(plain);
    if (document == null && !known) {
      Responses.text(exchange, 404, "404 page not found\n");
    } else if (document == null) {
      throw ApiFailure.of(404, "NotFound", "the server could not find the requested resource");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      throw ApiFailure.of(
          405,
          "MethodNotAllowed",
          "the server does not allow this method on the requested resource");
    } else {
      Responses.send(exchange, 200, document);
    }
  }

  /** Paths under which only API objects are found, so that a miss is told in the API's way. */
  private static final class ApiGroupPaths {
    private ApiGroupPaths() {}

    static boolean contain(String path) {
      for (ApiGroup group : ApiGroup.values()) {
        if (path.startsWith(group.path() + "/")) {
          return true;
        }
      }
      return false;
    }
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "20")
        .put("gitVersion", "v1.20.2-sandbox")
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "none")
        .put("compiler", "none")
        .put("platform", "jvm");
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private static ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    for (ApiGroup group : ApiGroup.values()) {
      if (group != ApiGroup.CORE) {
        groups.add(group(group.group(), group.version()));
      }
    }
    groups.add(group("policy", "v1"));
    return list;
  }

  private static ObjectNode group(String name, String version) {
    ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
    group.put("name", name);
    ObjectNode served =
        Json.object().put("groupVersion", name + "/" + version).put("version", version);
    group.putArray("versions").add(served);
    group.set("preferredVersion", served.deepCopy());
    return group;
  }

  private static ObjectNode resources(ApiGroup group) {
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", group.apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : ResourceType.values()) {
      if (type.group() == group) {
        ObjectNode resource = resource(resources, type, "", type.kind());
        verbs(resource, VERBS);
        if (!type.shortNames().isEmpty()) {
          ArrayNode names = resource.putArray("shortNames");
          type.shortNames().forEach(names::add);
        }
        if (type.hasStatus()) {
          verbs(resource(resources, type, "/status", type.kind()), STATUS_VERBS);
        }
      }
    }
    if (group == ApiGroup.CORE) {
      verbs(resource(resources, ResourceType.PODS, "/binding", "Binding"), List.of("create"));
      ObjectNode eviction = resource(resources, ResourceType.PODS, "/eviction", "Eviction");
      eviction.put("group", "policy").put("version", "v1");
      verbs(eviction, List.of("create"));
    }
    return list;
  }

  private static ObjectNode resource(
      ArrayNode list, ResourceType type, String subresource, String kind) {
    return list.addObject()
        .put("name", type.plural() + subresource)
        .put("singularName", "")
        .put("namespaced", type.isNamespaced())
        .put("kind", kind);
  }

  private static void verbs(ObjectNode resource, List<String> verbs) {
    ArrayNode list = resource.putArray("verbs");
    verbs.forEach(list::add);
  }
}
