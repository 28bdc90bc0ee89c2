package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.LifecycleStatus;
import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.foreign.ForeignWrite;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.core.zone.ZoneState;
import io.nodelifecycle.core.zone.ZoneStatus;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.runtime.LoopStatus;
import io.nodelifecycle.runtime.QueueStatus;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.WorkQueue;
import io.nodelifecycle.runtime.dryrun.WouldBeWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ControllerMetricsTest {
  private static final NodeKey NODE = new NodeKey("a", "uid-a");
  private static final PodKey POD = new PodKey("shop", "cart", "uid-p");
  private static final Zone EAST = new Zone("eu", "east");
  private static final Zone UNNAMED = new Zone("", "");

  private final SteppedTime time = new SteppedTime();
  private final ControllerMetrics metrics = new ControllerMetrics(time);

  private double value(String name, String... labels) {
    return Exposition.parse(metrics.text())
        .value(name, labels)
        .orElseThrow(() -> new AssertionError(name + " is absent: " + List.of(labels)));
  }

  private boolean isAbsent(String name, String... labels) {
    return Exposition.parse(metrics.text()).value(name, labels).isEmpty();
  }

  private void publish(ZoneStatus... zones) {
    publish(
        new LifecycleStatus(9, 81, List.of(zones), false, false, 0, Instant.MAX, Optional.empty()),
        Map.of());
  }

  private void publish(LifecycleStatus status, Map<WorkQueue, QueueStatus> queues) {
    metrics.publish(new LoopStatus(time.now(), status, queues));
  }

  private static ZoneStatus zone(Zone zone, int size, int notReady) {
    return new ZoneStatus(zone, ZoneState.NORMAL, size, notReady, 0.1, 0, Instant.MAX);
  }

  static Stream<Arguments> announcements() {
    Write deletion = new Action.DeletePod(POD, "a", true, 0);
    Write label = new Action.PatchNodeLabels(NODE, Map.of(), 0);
    var ms = Duration.ofMillis(1500);
    return Stream.of(
        Arguments.of(
            new Action.PodDeleted(POD, "a", true, ms),
            "taint_eviction_controller_pod_deletions_total"),
        Arguments.of(
            new Action.PodDeleted(POD, "a", true, ms),
            "taint_eviction_controller_pod_deletion_duration_seconds_count"),
        Arguments.of(
            new Action.PodDeleted(POD, "a", false, ms),
            "node_lifecycle_timeout_pod_deletions_total"),
        Arguments.of(
            new Action.NodeStatusWritten(NODE, EAST, ms),
            "node_lifecycle_status_write_delay_seconds_count"),
        Arguments.of(new Action.Blinded("pause", 50), "node_lifecycle_blinded_total"),
        Arguments.of(
            new Action.WriteFailed(deletion, "no", 1),
            "node_lifecycle_failed_writes_total kind pod_deletion"),
        Arguments.of(
            new Action.WriteKeepsFailing(label, "no"),
            "node_lifecycle_persistent_write_failures_total kind node_labels"),
        Arguments.of(
            new Action.PodReadyContested(POD, "a"), "node_lifecycle_pod_ready_contested_total"),
        Arguments.of(
            new Action.EvictionAverted(POD, "a"), "node_lifecycle_averted_evictions_total"),
        Arguments.of(
            new Action.LiveReadFailed(new Action.ReadLeases(), "no", 1),
            "node_lifecycle_failed_live_reads_total"),
        Arguments.of(
            new Action.ForeignWriteSeen(finding(Instant.EPOCH)),
            "node_lifecycle_foreign_writes_total kind taint_added"),
        Arguments.of(new Action.LeaseWatchBehind(1), "node_lifecycle_lease_watch_behind_total"));
  }

  private static ForeignFinding finding(Instant at) {
    var write = new ForeignWrite(ForeignWrite.Kind.TAINT_ADDED, NODE, "7", "added the taint x");
    return new ForeignFinding(write, "someone", Map.of(ForeignWrite.Kind.TAINT_ADDED, 1), at);
  }

  @Test
  void theLastForeignWriteHasAnAge() {
    publish();
    assertThat(isAbsent("node_lifecycle_foreign_write_age_seconds")).isTrue();
    var finding = Optional.of(finding(time.now()));
    publish(new LifecycleStatus(1, 1, List.of(), false, false, 0, Instant.MAX, finding), Map.of());
    time.pass(Duration.ofMillis(61_500));
    assertThat(value("node_lifecycle_foreign_write_age_seconds")).isEqualTo(61.5);
  }

  /** What only would have been written must not look as if it were. */
  @Test
  void aDryRunCountsApart() {
    assertThat(value("node_lifecycle_dry_run")).isZero();
    var dryRun = metrics.dryRun();
    assertThat(value("node_lifecycle_dry_run")).isEqualTo(1);
    Write deletion = new Action.DeletePod(POD, "a", true, 0);
    dryRun.wouldWrite(new WouldBeWrite(deletion, "why"));
    metrics.announce(new Action.PodDeleted(POD, "a", true, Duration.ofSeconds(1)));
    metrics.announce(new Action.NodeStatusWritten(NODE, EAST, Duration.ofSeconds(1)));
    metrics.announce(new Action.NodeReleased(NODE, EAST));
    metrics.announce(new Action.Blinded("pause", 50));
    assertThat(value("node_lifecycle_dry_run_writes_total", "kind", "pod_deletion")).isEqualTo(1);
    assertThat(value("node_lifecycle_dry_run_writes_total", "kind", "event")).isZero();
    assertThat(value("node_lifecycle_dry_run_evictions_total", "zone", EAST.label())).isEqualTo(1);
    metrics.announce(new Action.ZoneForgotten(EAST));
    assertThat(isAbsent("node_lifecycle_dry_run_evictions_total", "zone", EAST.label())).isTrue();
    assertThat(value("taint_eviction_controller_pod_deletions_total")).isZero();
    assertThat(value("node_lifecycle_status_write_delay_seconds_count")).isZero();
    var evictions =
        Exposition.parse(metrics.text())
            .value("node_collector_evictions_total", "zone", EAST.label());
    assertThat(evictions.orElse(0)).isZero();
    assertThat(value("node_lifecycle_blinded_total")).as("true in a dry run, too").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("announcements")
  void anAnnouncementIsCountedOnceAndTheCounterStartsAtZero(Announcement announced, String series) {
    var parts = series.split(" ");
    var labels = List.of(parts).subList(1, parts.length).toArray(new String[0]);
    assertThat(value(parts[0], labels)).isZero();
    metrics.announce(announced);
    assertThat(value(parts[0], labels)).isEqualTo(1);
    metrics.announce(announced);
    assertThat(value(parts[0], labels)).isEqualTo(2);
  }

  @Test
  void whatIsCalledSecondsIsSeconds() {
    metrics.announce(new Action.PodDeleted(POD, "a", true, Duration.ofMillis(2500)));
    metrics.announce(new Action.NodeStatusWritten(NODE, EAST, Duration.ofMillis(1250)));
    metrics.answered(200, "GET", "h:1", Duration.ofMillis(750));
    metrics.taken(WorkQueue.POD_DELETION, Duration.ofMillis(3500));
    metrics.worked(WorkQueue.POD_DELETION, Duration.ofMillis(125));
    metrics.judged(Duration.ofMillis(20), 4);
    assertThat(value("taint_eviction_controller_pod_deletion_duration_seconds_sum")).isEqualTo(2.5);
    assertThat(value("node_lifecycle_status_write_delay_seconds_sum")).isEqualTo(1.25);
    assertThat(value("rest_client_request_duration_seconds_sum", "verb", "GET", "host", "h:1"))
        .isEqualTo(0.75);
    assertThat(value("workqueue_queue_duration_seconds_sum", "name", "pod_deletion"))
        .isEqualTo(3.5);
    assertThat(value("workqueue_work_duration_seconds_sum", "name", "pod_deletion"))
        .isEqualTo(0.125);
    assertThat(value("node_collector_update_all_nodes_health_duration_seconds_sum"))
        .isEqualTo(0.02);
    assertThat(value("node_collector_update_node_health_duration_seconds_sum")).isEqualTo(0.005);
  }

  @Test
  void aDeletionWithoutTaintsIsNoneOfTheTaintController() {
    metrics.announce(new Action.PodDeleted(POD, "a", false, Duration.ofSeconds(1)));
    assertThat(value("taint_eviction_controller_pod_deletions_total")).isZero();
    assertThat(value("taint_eviction_controller_pod_deletion_duration_seconds_count")).isZero();
  }

  @Test
  void whoTakesPartInNoElectionDoesNotSayWhoLeads() {
    assertThat(isAbsent("leader_election_master_status")).isTrue();
    metrics.takesPart("nlc");
    assertThat(value("leader_election_master_status", "name", "nlc")).isZero();
    metrics.leads(true);
    assertThat(value("leader_election_master_status", "name", "nlc")).isEqualTo(1);
    metrics.leads(false);
    assertThat(value("leader_election_master_status", "name", "nlc")).isZero();
  }

  @Test
  void aStepThatJudgedNobodyIsNoJudgement() {
    metrics.judged(Duration.ofMillis(20), 0);
    assertThat(value("node_collector_update_all_nodes_health_duration_seconds_count")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "404, 404", "0, <error>"})
  void requestsAreCountedByCodeMethodAndHost(int code, String label) {
    metrics.answered(code, "PATCH", "10.0.0.1:6443", Duration.ofMillis(5));
    metrics.answered(code, "PATCH", "10.0.0.1:6443", Duration.ofMillis(5));
    assertThat(
            value(
                "rest_client_requests_total",
                "code",
                label,
                "method",
                "PATCH",
                "host",
                "10.0.0.1:6443"))
        .isEqualTo(2);
    assertThat(RequestObserver.UNANSWERED).isZero();
  }

  @Test
  void statesOfTheLoopAreThoseOfItsLastStatus() {
    assertThat(isAbsent("node_lifecycle_nodes")).as("nothing is known yet").isTrue();
    var deadline = time.now().plusSeconds(40);
    publish(
        new LifecycleStatus(7, 70, List.of(), true, true, 3, deadline, Optional.empty()), Map.of());
    time.pass(Duration.ofMillis(10_500));
    assertThat(value("node_lifecycle_nodes")).isEqualTo(7);
    assertThat(value("node_lifecycle_pods")).isEqualTo(70);
    assertThat(value("node_lifecycle_pending_evictions")).isEqualTo(3);
    assertThat(value("node_lifecycle_cluster_stop")).isEqualTo(1);
    assertThat(value("node_lifecycle_patience")).isEqualTo(1);
    assertThat(value("node_lifecycle_next_deadline_seconds")).isEqualTo(29.5);
    assertThat(value("node_lifecycle_status_age_seconds")).isEqualTo(10.5);
    time.pass(Duration.ofSeconds(60));
    assertThat(value("node_lifecycle_next_deadline_seconds")).isZero();
    publish();
    assertThat(value("node_lifecycle_cluster_stop")).isZero();
    assertThat(value("node_lifecycle_patience")).isZero();
    assertThat(isAbsent("node_lifecycle_next_deadline_seconds")).isTrue();
  }

  @Test
  void cacheAgesAreSecondsSinceSomethingWasHeard() {
    assertThat(isAbsent("node_lifecycle_cache_age_seconds", "resource", "leases")).isTrue();
    var heard = time.now();
    metrics.readCacheAgesFrom(() -> Map.of(Resource.LEASES, heard));
    time.pass(Duration.ofMillis(4500));
    assertThat(value("node_lifecycle_cache_age_seconds", "resource", "leases")).isEqualTo(4.5);
    assertThat(isAbsent("node_lifecycle_cache_age_seconds", "resource", "pods")).isTrue();
  }

  @Test
  void queuesAndPrioritiesHaveTheirOwnNumbers() {
    metrics.added(WorkQueue.NODE_TAINTS, false);
    metrics.added(WorkQueue.NODE_TAINTS, true);
    metrics.sent(Priority.NODE_TAINTS);
    var status = new QueueStatus(5, 2, Duration.ofSeconds(8), Duration.ofSeconds(6));
    publish(
        new LifecycleStatus(0, 0, List.of(), false, false, 0, Instant.MAX, Optional.empty()),
        Map.of(WorkQueue.NODE_TAINTS, status));
    time.pass(Duration.ofSeconds(3));
    assertThat(value("workqueue_adds_total", "name", "node_taints")).isEqualTo(2);
    assertThat(value("workqueue_retries_total", "name", "node_taints")).isEqualTo(1);
    assertThat(value("workqueue_depth", "name", "node_taints")).isEqualTo(5);
    assertThat(value("workqueue_unfinished_work_seconds", "name", "node_taints")).isEqualTo(14);
    assertThat(value("workqueue_longest_running_processor_seconds", "name", "node_taints"))
        .isEqualTo(9);
    assertThat(value("node_lifecycle_requests_sent_total", "priority", "node_taints")).isEqualTo(1);
    assertThat(value("node_lifecycle_requests_waiting", "priority", "node_taints")).isEqualTo(5);
    assertThat(value("node_lifecycle_requests_under_way", "priority", "node_taints")).isEqualTo(2);
    assertThat(value("workqueue_adds_total", "name", "node_status")).isZero();
    assertThat(value("node_lifecycle_requests_sent_total", "priority", "events")).isZero();
  }

  @Test
  void aStepThatIsStuckShowsAsWorkThatIsNotFinished() {
    var name = "workqueue_longest_running_processor_seconds";
    metrics.stepBegan(time.now());
    time.pass(Duration.ofSeconds(20));
    assertThat(value(name, "name", "node_lifecycle_controller")).isEqualTo(20);
    assertThat(value(name, "name", "node_lifecycle_controller_pods")).isEqualTo(20);
    assertThat(value(name, "name", "pod_deletion")).isZero();
    metrics.stepEnded();
    assertThat(value(name, "name", "node_lifecycle_controller")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"4, 0, 100", "4, 1, 75", "3, 1, 66.66666", "4, 4, 0", "0, 0, 100"})
  void theHealthOfAZoneIsTheShareOfItsReadyNodes(int size, int notReady, double health) {
    publish(zone(EAST, size, notReady));
    assertThat(value("node_collector_zone_health", "zone", "eu::east"))
        .isEqualTo(health, within(0.001));
    assertThat(value("node_collector_zone_size", "zone", "eu::east")).isEqualTo(size);
    assertThat(value("node_collector_unhealthy_nodes_in_zone", "zone", "eu::east"))
        .isEqualTo(notReady);
  }

  @Test
  void theUnnamedZoneHasAnEmptyLabel() {
    publish(zone(UNNAMED, 2, 1));
    assertThat(value("node_collector_zone_health", "zone", "")).isEqualTo(50);
    assertThat(value("node_collector_evictions_total", "zone", "")).isZero();
  }

  @Test
  void aZoneIsInOneStateAndItsQueueHasALengthAndAnAge() {
    var since = time.now();
    publish(
        new ZoneStatus(EAST, ZoneState.PARTIAL_DISRUPTION, 9, 6, 0.01, 4, since),
        zone(UNNAMED, 1, 0));
    time.pass(Duration.ofSeconds(12));
    for (var state : ZoneState.values()) {
      assertThat(value("node_lifecycle_zone_state", "zone", "eu::east", "state", state.title()))
          .isEqualTo(state == ZoneState.PARTIAL_DISRUPTION ? 1 : 0);
    }
    assertThat(value("node_lifecycle_zone_queue_length", "zone", "eu::east")).isEqualTo(4);
    assertThat(value("node_lifecycle_zone_queue_oldest_seconds", "zone", "eu::east")).isEqualTo(12);
    assertThat(value("node_lifecycle_zone_queue_oldest_seconds", "zone", "")).isZero();
  }

  @Test
  void aForgottenZoneIsEmptyAndHealthyAndKeepsItsEvictions() {
    publish(zone(EAST, 2, 2), zone(UNNAMED, 1, 0));
    metrics.announce(new Action.NodeReleased(NODE, EAST));
    metrics.announce(new Action.ZoneForgotten(EAST));
    publish(zone(UNNAMED, 1, 0));
    assertThat(value("node_collector_zone_size", "zone", "eu::east")).isZero();
    assertThat(value("node_collector_zone_health", "zone", "eu::east")).isEqualTo(100);
    assertThat(value("node_collector_unhealthy_nodes_in_zone", "zone", "eu::east")).isZero();
    assertThat(value("node_collector_evictions_total", "zone", "eu::east")).isEqualTo(1);
    assertThat(isAbsent("node_lifecycle_zone_queue_length", "zone", "eu::east")).isTrue();
    publish(zone(EAST, 3, 0), zone(UNNAMED, 1, 0));
    assertThat(value("node_collector_zone_size", "zone", "eu::east")).isEqualTo(3);
    assertThat(value("node_collector_evictions_total", "zone", "eu::east")).isEqualTo(1);
  }

  @Test
  void aForgottenZoneIsShownSoBeforeTheNextStatus() {
    publish(zone(EAST, 2, 2));
    metrics.announce(new Action.ZoneForgotten(EAST));
    assertThat(value("node_collector_zone_health", "zone", "eu::east")).isEqualTo(100);
  }

  @Test
  void zonesThatComeAndGoDoNotAddUp() {
    for (var i = 0; i < 1000; i++) {
      var zone = new Zone("eu", "z" + i);
      publish(zone(zone, 1, 1));
      metrics.announce(new Action.NodeReleased(NODE, zone));
      metrics.announce(new Action.ZoneForgotten(zone));
    }
    publish();
    var exposition = Exposition.parse(metrics.text());
    for (var metric : List.of(Metric.ZONE_SIZE, Metric.ZONE_HEALTH, Metric.EVICTIONS)) {
      assertThat(exposition.labelValues(metric.title(), "zone"))
          .as(metric.title())
          .hasSize(ZoneMetrics.FORGOTTEN_MAX)
          .contains("eu::z900", "eu::z999")
          .doesNotContain("eu::z899");
    }
  }

  @ParameterizedTest
  @CsvSource({"quo\"te", "back\\slash", "'comma,{}='", "ünï", "'a b'"})
  void oddNamesOfZonesAreEscaped(String name) {
    var odd = new Zone("eu", name + "\nnext");
    publish(zone(odd, 2, 1));
    assertThat(value("node_collector_zone_health", "zone", "eu::" + name + "\nnext")).isEqualTo(50);
  }

  @Test
  void zonesWithTheSameLabelAreShownOnce() {
    publish(zone(new Zone("a::b", "c"), 1, 0), zone(new Zone("a", "b::c"), 2, 0));
    assertThat(value("node_collector_zone_size", "zone", "a::b::c")).isEqualTo(1);
  }
}
