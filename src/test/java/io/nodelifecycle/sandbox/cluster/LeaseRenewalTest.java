package io.nodelifecycle.sandbox.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class LeaseRenewalTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");
  private static final ObjectRef LEASE = ObjectRef.nodeLease("n");
  private static final String TIME = "2026-03-04T05:06:17.890000Z";

  /** Parts of leases, some as kubelets write them and some as nobody does. */
  private static final List<String> METADATA =
      List.of(
          "",
          ",\"labels\":{}",
          ",\"labels\":{\"a\":\"b\"}",
          ",\"annotations\":{\"renewTime\":\"x\",\"resourceVersion\":\"1\"}",
          ",\"labels\":{\"a\":null}",
          ",\"generation\":7",
          ",\"selfLink\":\"/x\"",
          ",\"finalizers\":[\"x\"]",
          ",\"ownerReferences\":[{\"kind\":\"Node\",\"name\":\"n\",\"uid\":\"u\"}]");

  private static final List<String> SPEC =
      List.of(
          "\"holderIdentity\":\"n\",\"leaseDurationSeconds\":40,\"renewTime\":\"%s\"",
          "\"renewTime\":\"%s\",\"holderIdentity\":\"n\"",
          "\"renewTime\":\"%s\",\"holderIdentity\":\"\"",
          "\"renewTime\":\"\",\"holderIdentity\":\"%s\"",
          "\"renewTime\":null,\"holderIdentity\":\"%s\"",
          "\"renewTime\":{\"renewTime\":\"%s\"}",
          "\"renewTime\":[\"%s\"]",
          "\"renewTime\":7,\"acquireTime\":\"%s\"",
          "\"renewTime\":\"%s\",\"leaseTransitions\":3,\"acquireTime\":\"t\"",
          "\"renewTime\":\"%s\",\"leaseDurationSeconds\":1.50",
          "\"renewTime\":\"%s\",\"leaseDurationSeconds\":\"40\"",
          "\"renewTime\":\"%s\",\"strategy\":null",
          "\"renewTime\":\"%s\",\"x\":{\"labels\":{\"a\":null}}",
          "\"renewTime\":\"%s\",\"holderIdentity\":\"\\u00e9 \\\" \\\\ \\ud83d\\ude00\"",
          "\"holderIdentity\":\"renewTime\\\":\\\"%s\",\"renewTime\":\"a\\nb\"",
          "\"holderIdentity\":\"%s\"");

  private static final List<String> REST =
      List.of("", ",\"status\":{\"a\":\"b\"}", ",\"other\":{\"a\":null}", ",\"other\":1.0");

  private static final List<String> TIMES =
      List.of(TIME, "2026-03-04T05:06:17Z", "", "a\"b", "a\\b", "\u00e9", "a\nb");

  private static ObjectNode lease(String metadata, String spec, String rest) {
    var head = "{\"metadata\":{\"name\":\"n\"" + metadata + "},\"spec\":{";
    return Json.object(head + spec.formatted(TIME) + "}" + rest + "}");
  }

  private static SandboxCluster clusterWith(ObjectNode lease) {
    var cluster = new SandboxCluster(3, 8, NOW);
    cluster.create(LEASE.type(), LEASE.namespace(), lease, NOW);
    return cluster;
  }

  private static ObjectNode withTime(ObjectNode lease, String time) {
    Json.child(lease, "spec").put("renewTime", time);
    return lease;
  }

  private static void compare(ObjectNode lease, Random random) {
    var fast = clusterWith(lease);
    var slow = clusterWith(lease);
    for (int i = 0; i < 6; i++) {
      // Now and then something else is written in between, so that versions get longer.
      for (int others = random.nextInt(60); others > 0; others--) {
        var label = Json.object("{\"metadata\":{\"labels\":{\"a\":\"" + others + "\"}}}");
        for (var cluster : List.of(fast, slow)) {
          cluster.modify(
              new ObjectRef(ResourceType.NAMESPACES, "", "default"),
              Part.MAIN,
              each -> {
                Json.child(each, "metadata").setAll(Json.child(label, "metadata"));
                return each;
              },
              NOW);
        }
      }
      var time = TIMES.get(random.nextInt(random.nextInt(1, TIMES.size() + 1)));
      var one = fast.renewLease(LEASE, time, NOW).orElseThrow();
      var other = slow.modify(LEASE, Part.MAIN, tree -> withTime(tree, time), NOW);

      assertThat(new String(one.json(), UTF_8)).isEqualTo(new String(other.json(), UTF_8));
      assertThat(one).hasToString(other.toString());
      assertThat(one.uid()).isEqualTo(other.uid());
      assertThat(one.isTerminating()).isEqualTo(other.isTerminating());
      assertThat(fast.revision()).isEqualTo(slow.revision());
    }
  }

  @Test
  void renewalIsTheSameWriteAsAnyOther() {
    var random = new Random(1);
    for (var metadata : METADATA) {
      for (var spec : SPEC) {
        for (var rest : REST) {
          compare(lease(metadata, spec, rest), random);
        }
      }
    }
  }

  @Test
  void ordinaryLeaseIsRenewedWithoutTree() {
    var cluster = clusterWith(lease("", SPEC.getFirst(), ""));
    var odd = clusterWith(lease(METADATA.get(2), SPEC.getFirst(), ""));

    assertThat(cluster.get(LEASE).renewed("t", 1_000_000)).isPresent();
    assertThat(odd.get(LEASE).renewed("t", 1_000_000)).isEmpty();
  }

  @Test
  void renewalWithTheSameTimeChangesNothing() {
    var cluster = clusterWith(lease("", SPEC.getFirst(), ""));
    var before = cluster.get(LEASE);

    assertThat(cluster.renewLease(LEASE, TIME, NOW)).containsSame(before);
    assertThat(cluster.revision()).isEqualTo(before.resourceVersion());
  }

  @Test
  void leaseThatIsNotThereIsNotRenewed() {
    var cluster = new SandboxCluster(3, 8, NOW);

    assertThat(cluster.renewLease(LEASE, TIME, NOW)).isEmpty();
  }

  @Test
  void rehearsedRenewalLeavesEverythingAsItIs() {
    var cluster = clusterWith(lease("", SPEC.getFirst(), ""));
    var before = cluster.get(LEASE);

    var renewed = cluster.rehearse(() -> cluster.renewLease(LEASE, "later", NOW)).orElseThrow();

    assertThat(renewed.json()).isNotEqualTo(before.json());
    assertThat(cluster.get(LEASE)).isSameAs(before);
  }

  @Test
  void renewedLeaseReplacesTheOldOneForReaders() {
    var cluster = clusterWith(lease("", SPEC.getFirst(), ""));
    var watch = cluster.watch(ListQuery.all(ResourceType.LEASES), "", () -> {});
    watch.poll(10);

    var renewed = cluster.renewLease(LEASE, "later", NOW).orElseThrow();

    assertThat(watch.poll(10)).containsExactly(new WatchEvent(WatchEvent.Type.MODIFIED, renewed));
    assertThat(Json.text(cluster.get(LEASE).tree(), "spec", "renewTime")).isEqualTo("later");
  }
}
