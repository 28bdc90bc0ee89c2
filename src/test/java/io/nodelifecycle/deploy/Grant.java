package io.nodelifecycle.deploy;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.AuditLog.Request;
import io.nodelifecycle.testing.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The smallest part of a role: one verb on one resource.
 *
 * @param role the role's name
 * @param namespace the role's and where it counts; empty for a ClusterRole, which counts everywhere
 * @param group the resource's API group; empty for the core
 * @param resource in the plural, with the subresource after a slash
 * @param name the only object that it is for; empty where it is for all
 */
record Grant(String role, String namespace, String group, String resource, String name, String verb)
    implements Comparable<Grant> {

  private static final Comparator<Grant> ORDER = Comparator.comparing(Grant::toString);

  /** What an account may do by the bindings among some manifests, each grant once per role. */
  static List<Grant> of(String account, List<Manifest> manifests) {
    return manifests.stream()
        .filter(manifest -> manifest.kind().endsWith("Binding"))
        .filter(binding -> isFor(account, binding))
        .flatMap(binding -> ofRole(role(binding, manifests)))
        .sorted()
        .toList();
  }

  private static boolean isFor(String account, Manifest binding) {
    return elements(binding.object().path("subjects"))
        .anyMatch(subject ->
            subject.path("kind").asString().equals("ServiceAccount")
                && subject.path("namespace").asString().equals("kube-system")
                && subject.path("name").asString().equals(account));
  }

  private static Manifest role(Manifest binding, List<Manifest> manifests) {
    var reference = binding.object().path("roleRef");
    return manifests.stream()
        .filter(manifest -> manifest.kind().equals(reference.path("kind").asString()))
        .filter(manifest -> manifest.name().equals(reference.path("name").asString()))
        .filter(manifest -> manifest.namespace().equals(binding.namespace()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(binding.name() + " binds no role of ours"));
  }

  private static Stream<Grant> ofRole(Manifest role) {
    return ofRules(role.name(), role.namespace(), role.object().path("rules"));
  }

  /** All of some rules, which must be about resources, for a role of this name and namespace. */
  static Stream<Grant> ofRules(String role, String namespace, JsonNode rules) {
    var grants = new ArrayList<Grant>();
    for (var rule : rules) {
      if (rule.has("nonResourceURLs")) {
        throw new IllegalStateException(role + " is about paths; no grant says that");
      }
      for (var group : texts(rule, "apiGroups")) {
        for (var resource : texts(rule, "resources")) {
          for (var name : rule.has("resourceNames") ? texts(rule, "resourceNames") : List.of("")) {
            for (var verb : texts(rule, "verbs")) {
              grants.add(new Grant(role, namespace, group, resource, name, verb));
            }
          }
        }
      }
    }
    return grants.stream();
  }

  private static List<String> texts(JsonNode rule, String field) {
    return elements(rule.path(field)).map(JsonNode::asString).toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Whether it allows that request. */
  boolean allows(Request request) {
    var target = request.target();
    return request.verb().equals(verb)
        && target.group().equals(group)
        && target.resource().equals(resource)
        && (namespace.isEmpty() || namespace.equals(target.namespace()))
        && (name.isEmpty() || name.equals(target.name()));
  }

  /** The path of its role in the API. */
  String rolePath() {
    var root = "/apis/rbac.authorization.k8s.io/v1/";
    return namespace.isEmpty()
        ? root + "clusterroles/" + role
        : root + "namespaces/" + namespace + "/roles/" + role;
  }

  /** A rule that says this and nothing more. */
  JsonNode rule() {
    var names = name.isEmpty() ? "" : "\"resourceNames\": [\"" + name + "\"], ";
    return ApiClient.json(
        "{\"apiGroups\": [\"%s\"], \"resources\": [\"%s\"], %s\"verbs\": [\"%s\"]}"
            .formatted(group, resource, names, verb));
  }

  /** A SelfSubjectAccessReview that asks for it; for some object, where it is for all. */
  JsonNode review() {
    var parts = resource.split("/", 2);
    return ApiClient.json(
        """
        {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
         "spec": {"resourceAttributes": {"namespace": "%s", "verb": "%s", "group": "%s",
           "resource": "%s", "subresource": "%s", "name": "%s"}}}
        """
            .formatted(namespace, verb, group, parts[0], parts.length > 1 ? parts[1] : "", name));
  }

  @Override
  public int compareTo(Grant other) {
    return ORDER.compare(this, other);
  }

  /** For instance {@code list leases.coordination.k8s.io in kube-node-lease}. */
  @Override
  public String toString() {
    return verb
        + " "
        + resource
        + (group.isEmpty() ? "" : "." + group)
        + (name.isEmpty() ? "" : " " + name)
        + (namespace.isEmpty() ? "" : " in " + namespace);
  }
}
