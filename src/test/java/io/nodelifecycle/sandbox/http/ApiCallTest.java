package io.nodelifecycle.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiCallTest {
  @ParameterizedTest
  @CsvSource({
    "/api/v1/nodes, NODES | | |",
    "/api/v1/nodes/n, NODES | | n |",
    "/api/v1/nodes/n/status, NODES | | n | status",
    "/api/v1/pods, PODS | | |",
    "/api/v1/namespaces, NAMESPACES | | |",
    "/api/v1/namespaces/a, NAMESPACES | | a |",
    "/api/v1/namespaces/a/status, NAMESPACES | | a | status",
    "/api/v1/namespaces/a/pods, PODS | a | |",
    "/api/v1/namespaces/a/pods/p, PODS | a | p |",
    "/api/v1/namespaces/a/pods/p/eviction, PODS | a | p | eviction",
    "/apis/apps/v1/daemonsets, DAEMONSETS | | |",
    "/apis/apps/v1/namespaces/a/daemonsets/d, DAEMONSETS | a | d |",
    "/apis/coordination.k8s.io/v1/namespaces/a/leases/l, LEASES | a | l |",
    "/api/v1/pods/p, none",
    "/api/v1/namespaces/a/nodes, none",
    "/api/v1/leases, none",
    "/api/v1/nodes/, none",
    "/api/v1/nodes/n/status/more, none",
    "/api/v1, none",
    "/apis/apps/v2/daemonsets, none",
  })
  void pathsAreOfResources(String path, String expected) {
    var call =
        ApiCall.parse("GET", path, Query.parse(null))
            .map(c ->
                "%s | %s | %s | %s"
                    .formatted(c.type(), c.namespace(), c.name(), c.subresource())
                    .replaceAll(" +", " ")
                    .strip())
            .orElse("none");

    assertThat(call).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/nodes, watch=true, true",
    "GET, /api/v1/nodes, watch=1, true",
    "GET, /api/v1/nodes, watch=false, false",
    "GET, /api/v1/nodes, a=b, false",
    "GET, /api/v1/nodes/n, watch=true, false",
    "DELETE, /api/v1/nodes, watch=true, false",
  })
  void collectionsAreWatched(String method, String path, String query, boolean isWatch) {
    assertThat(ApiCall.parse(method, path, Query.parse(query)).orElseThrow().isWatch())
        .isEqualTo(isWatch);
  }
}
