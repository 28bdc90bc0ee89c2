package io.nodelifecycle.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.sandbox.resource.ApiGroup;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The least of an OpenAPI description that lets kubectl create, apply and edit: it is asked whether
 * the server takes {@code dryRun} and {@code fieldValidation}, and for schemas, without which
 * kubectl checks nothing itself.
 */
final class OpenApi {
  private static final String PROTOBUF = "application/octet-stream";

  /** Answers a request for a description, if it is one. */
  boolean answer(HttpExchange exchange, String path) throws IOException {
    if (path.equals("/openapi/v2")) {
      version2(exchange);
      return true;
    }
    if (path.equals("/openapi/v3")) {
      String sent = exchange.getRequestURI().getPath();
      // Clients take these addresses as they are: what came before the path must be in them.
      Responses.send(exchange, 200, index(sent.substring(0, sent.lastIndexOf(path))));
      return true;
    }
    for (ApiGroup group : ApiGroup.values()) {
      if (path.equals("/openapi/v3" + group.path())) {
        Responses.send(exchange, 200, describe(group));
        return true;
      }
    }
    return false;
  }

  /** Version 2 is asked for as protobuf: field 1 is the version, field 2 title and version. */
  private static void version2(HttpExchange exchange) throws IOException {
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    if (accept != null && accept.contains("protobuf")) {
      byte[] document =
          "\n\0032.0\022\013\n\007sandbox\022\000".getBytes(StandardCharsets.ISO_8859_1);
      Responses.bytes(exchange, 200, PROTOBUF, document);
      return;
    }
    ObjectNode document = Json.object().put("swagger", "2.0");
    document.putObject("info").put("title", "sandbox").put("version", "v1.20.2");
    document.putObject("paths");
    document.putObject("definitions");
    Responses.send(exchange, 200, document);
  }

  private static ObjectNode index(String prefix) {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (ApiGroup group : ApiGroup.values()) {
      paths
          .putObject(group.path().substring(1))
          .put("serverRelativeURL", prefix + "/openapi/v3" + group.path());
    }
    return index;
  }

  private static ObjectNode describe(ApiGroup group) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "sandbox").put("version", "v1.20.2");
    ObjectNode paths = document.putObject("paths");
    for (ResourceType type : ResourceType.values()) {
      if (type.group() == group) {
        String scope = type.isNamespaced() ? "/namespaces/{namespace}/" : "/";
        String collection = group.path() + scope + type.plural();
        operations(paths.putObject(collection), type, List.of("post"));
        operations(paths.putObject(collection + "/{name}"), type, List.of("put", "patch"));
      }
    }
    document.putObject("components").putObject("schemas");
    return document;
  }

  private static void operations(ObjectNode path, ResourceType type, List<String> methods) {
    for (String method : methods) {
      ObjectNode operation = path.putObject(method);
      ArrayNode parameters = operation.putArray("parameters");
      for (String name : List.of("dryRun", "fieldValidation", "fieldManager")) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
        parameter.putObject("schema").put("type", "string").put("uniqueItems", true);
      }
      operation
          .putObject("x-kubernetes-group-version-kind")
          .put("group", type.group().group())
          .put("version", type.group().version())
          .put("kind", type.kind());
      operation.putObject("responses").putObject("200").put("description", "OK");
    }
  }
}
