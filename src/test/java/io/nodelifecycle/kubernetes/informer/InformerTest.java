package io.nodelifecycle.kubernetes.informer;

import static io.nodelifecycle.kubernetes.informer.LeaseAnswers.bookmark;
import static io.nodelifecycle.kubernetes.informer.LeaseAnswers.error;
import static io.nodelifecycle.kubernetes.informer.LeaseAnswers.event;
import static io.nodelifecycle.kubernetes.informer.LeaseAnswers.large;
import static io.nodelifecycle.kubernetes.informer.LeaseAnswers.list;
import static io.nodelifecycle.kubernetes.informer.LeaseAnswers.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseGone;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListBegin;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.WatchBroken;
import io.nodelifecycle.core.Observation.WatchRestored;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.kubernetes.http.ScriptedServer;
import io.nodelifecycle.kubernetes.http.ScriptedServer.Step;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class InformerTest {
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  private static final Resource RESOURCE = Resource.LEASES;
  private static final ListBegin BEGIN = new ListBegin(RESOURCE);
  private static final ListEnd END = new ListEnd(RESOURCE);
  private static final WatchBroken BROKEN = new WatchBroken(RESOURCE);
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(7);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final SteppedTime time = new SteppedTime();
  private final ScriptedServer server = new ScriptedServer();
  private final ApiTransport transport = server.transport(time);
  private final BlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
  private final Informer informer =
      new Informer(
          RESOURCE, new Feed(transport, seen::add, time, () -> Long.MIN_VALUE, false), QUIET_LIMIT);
  private final Thread thread = Thread.ofVirtual().unstarted(informer);

  @AfterEach
  void stop() throws InterruptedException {
    informer.close();
    thread.interrupt();
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    transport.close();
    server.close();
  }

  @Test
  void listsPageByPageAndWatchesFromTheVersionOfTheList() throws InterruptedException {
    server.then(list("90", "next&page", "one", "two")).then(list("90", "", "three"));
    start();

    assertSeen(BEGIN, seen("one"), seen("two"), seen("three"), END);
    assertThat(server.request().path()).isEqualTo(LEASES + "?limit=500");
    assertThat(server.request().path()).isEqualTo(LEASES + "?limit=500&continue=next%26page");
    assertThat(watchedFrom()).isEqualTo("90");
  }

  @Test
  void reportsEventsAsTheyArriveHoweverTheyAreCutIntoChunks() throws InterruptedException {
    var arrived = new CountDownLatch(1);
    var utf8 = event("ADDED", "zwei", "101").replace("\"x\"", "\"ü€😀\"");
    var bytes = (event("ADDED", "one", "100") + utf8).getBytes(StandardCharsets.UTF_8);
    var middle = utf8.indexOf("€") + event("ADDED", "one", "100").length() + 2;
    server
        .then(list("90", ""))
        .then(answer -> {
          answer.begin().chunk(Arrays.copyOf(bytes, middle));
          arrived.await();
          answer.chunk(Arrays.copyOfRange(bytes, middle, bytes.length));
          answer.chunk(event("DELETED", "one", "102")).hold();
        });
    start();

    assertSeen(BEGIN, END, new LeaseSeen("one", "100"));
    arrived.countDown();
    assertSeen(new LeaseSeen("zwei", "101"), new LeaseGone("one"));
  }

  @Test
  void anOrderlyEndIsFollowedByAnotherWatchFromWhereItWas() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(
            answer -> answer.begin().chunk(event("ADDED", "one", "91")).chunk(bookmark("99")).end())
        .then(answer -> answer.begin().chunk(event("ADDED", "two", "100")).hold());
    start();

    assertSeen(BEGIN, END, new LeaseSeen("one", "91"), new LeaseSeen("two", "100"));
    server.request();
    assertThat(watchedFrom()).isEqualTo("90");
    assertThat(watchedFrom()).isEqualTo("99");
  }

  @Test
  void aBrokenWatchIsReportedWithTheGapAndOpenedAnew() throws InterruptedException {
    var read = new CountDownLatch(1);
    server
        .then(list("90", ""))
        .then(answer -> {
          answer.begin().chunk(event("ADDED", "one", "91"));
          read.await();
          var half = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"ü";
          var bytes = half.getBytes(StandardCharsets.UTF_8);
          answer.chunk(Arrays.copyOf(bytes, bytes.length - 1));
        })
        .then(answer -> {
          time.pass(Duration.ofSeconds(8));
          answer.begin().chunk(event("MODIFIED", "one", "92")).hold();
        });
    start();

    assertSeen(BEGIN, END, new LeaseSeen("one", "91"));
    read.countDown();
    assertSeen(BROKEN, restored(PAUSE.plusSeconds(8)), new LeaseSeen("one", "92"));
    server.request();
    server.request();
    assertThat(watchedFrom()).isEqualTo("91");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExpiredVersionLeadsToAnotherList(boolean isEvent) throws InterruptedException {
    Step expired =
        isEvent
            ? answer -> answer.begin().chunk(error(410)).hold()
            : answer -> answer.complete(410, status(410, "too old"));
    server.then(list("90", "", "one")).then(expired).then(list("200", "", "two"));
    server.then(answer -> answer.begin().hold());
    start();

    assertSeen(BEGIN, seen("one"), END, BROKEN, BEGIN, seen("two"), END, restored(PAUSE));
  }

  @Test
  void anErrorOfTheApiServerIsNoReasonToListAgain() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(error(500)).hold())
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).hold());
    start();

    assertSeen(BEGIN, END, BROKEN, restored(PAUSE), new LeaseSeen("one", "91"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"LeaseList\",\"metadata\":{\"resourceVersion\":\"90\"},\"items\":[{\"meta",
        "{\"kind\":\"LeaseList\",\"metadata\":{\"resourceVersion\":\"90\"}}",
        "{\"kind\":\"LeaseList\",\"metadata\":{},\"items\":[]}",
        "{\"kind\":\"Status\",\"metadata\":{\"resourceVersion\":\"90\"},\"items\":[]}",
        "{\"kind\":\"LeaseList\",\"metadata\":{\"resourceVersion\":\"90\"},\"items\":{}}",
        "<html>login</html>",
        "[]",
        ""
      })
  void whatIsNoCompleteListIsNotTakenForOne(String body) throws InterruptedException {
    server.then(answer -> answer.complete(200, body)).then(list("91", "", "one"));
    start();

    assertSeen(BEGIN, BEGIN, seen("one"), END);
  }

  @Test
  void aListIsBegunAnewWhereItsContinuationExpired() throws InterruptedException {
    server
        .then(list("90", "token", "one"))
        .then(answer -> answer.complete(410, status(410, "continue expired")))
        .then(list("95", "", "one"));
    start();

    assertSeen(BEGIN, seen("one"), BEGIN, seen("one"), END);
    server.request();
    server.request();
    assertThat(server.request().path()).isEqualTo(LEASES + "?limit=500");
  }

  @ParameterizedTest
  @CsvSource({
    "429, 3, PT3S",
    "429, 0, PT0.2S",
    "503, 31, PT30S",
    "500, nonsense, PT0.2S",
  })
  void retryAfterIsHeeded(int code, String retryAfter, Duration pause) throws InterruptedException {
    var before = time.now();
    server
        .then(answer -> answer.complete(code, status(code, "no"), "Retry-After: " + retryAfter))
        .then(list("90", ""));
    start();

    assertSeen(BEGIN, BEGIN, END);
    assertThat(Duration.between(before, time.now())).isEqualTo(pause);
  }

  @Test
  void retriesComeLessAndLessOftenUpToFiveSeconds() throws InterruptedException {
    var before = time.now();
    for (int i = 0; i < 7; i++) {
      server.then(answer -> answer.complete(500, status(500, "no")));
    }
    server.then(list("90", ""));
    start();

    assertSeen(BEGIN, BEGIN, BEGIN, BEGIN, BEGIN, BEGIN, BEGIN, BEGIN, END);
    var waited = Duration.ofMillis(200 + 400 + 800 + 1600 + 3200 + 5000 + 5000);
    assertThat(Duration.between(before, time.now())).isEqualTo(waited);
  }

  @Test
  void aQuietWatchIsOpenedAnewWithoutAWord() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).hold())
        .then(list("91", ""))
        .then(answer -> answer.begin().hold())
        .then(list("91", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "two", "92")).hold());
    startWatching();
    closeAsQuiet(true);
    assertThat(watchedFrom()).isEqualTo("91");
    closeAsQuiet(true);
    assertSeen(new LeaseSeen("two", "92"));
  }

  @ParameterizedTest(name = "the cluster was at {0} in the silence: {1}")
  @CsvSource({"91, false", "92, true", "93, true"})
  void aWatchWasDeafIfItsSuccessorDeliversWhatHadHappened(String latest, boolean isDeaf)
      throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).hold())
        .then(list(latest, ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "two", "92")).hold());
    startWatching();
    closeAsQuiet(true);
    if (isDeaf) {
      assertSeen(BROKEN, restored(QUIET_LIMIT.plusMillis(1)));
    }
    assertSeen(new LeaseSeen("two", "92"));
  }

  /** As after etcd was restored from a backup: a watch from the future delivers nothing. */
  @Test
  void aClusterThatIsOlderThanWhatWasSeenIsListedAnew() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).hold())
        .then(list("41", ""))
        .then(list("42", "", "zero"))
        .then(answer -> answer.begin().hold());
    startWatching();
    closeAsQuiet(true);
    assertSeen(BROKEN, BEGIN, seen("zero"), END, restored(QUIET_LIMIT.plusMillis(1)));
    server.request();
    assertThat(watchedFrom()).isEqualTo("42");
  }

  @Test
  void aQuietWatchCountsAsDeafIfNobodySaysWhatThereIs() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).hold())
        .then(answer -> answer.complete(500, status(500, "unwell")))
        .then(answer -> answer.begin().chunk(event("ADDED", "two", "92")).hold());
    startWatching();
    closeAsQuiet(false);
    assertSeen(BROKEN, restored(QUIET_LIMIT.plusMillis(1)), new LeaseSeen("two", "92"));
  }

  /**
   * It may be open to an API server that can hear nobody itself: without its etcd, for instance.
   */
  @Test
  void aQuietWatchIsBrokenAsLongAsNobodySaysWhatThereIs() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).hold())
        .then(answer -> answer.complete(500, status(500, "unwell")))
        .then(answer -> answer.begin().chunk(bookmark("91")).hold())
        .then(list("91", ""))
        .then(answer -> answer.begin().hold());
    startWatching();
    closeAsQuiet(false);
    assertThat(watchedFrom()).isEqualTo("91");
    awaitOpen();
    assertSeen(BROKEN);
    closeAsQuiet(true);
    assertThat(watchedFrom()).isEqualTo("91");
    // A bookmark was no news: it is not since then that nothing was heard.
    assertSeen(restored(QUIET_LIMIT.plusMillis(1).multipliedBy(2)));
  }

  @Test
  void aWatchThatIsReopenedGoesOnWhereItWas() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).hold())
        .then(answer -> answer.begin().chunk(event("ADDED", "two", "92")).hold());
    startWatching();

    awaitOpen();
    informer.reopen(false);
    assertThat(watchedFrom()).isEqualTo("91");
    assertSeen(BROKEN, restored(Duration.ZERO), new LeaseSeen("two", "92"));
  }

  @Test
  void aWatchThatIsReopenedFromAListListsFirst() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).hold())
        .then(list("95", "", "one"))
        .then(answer -> answer.begin().chunk(event("ADDED", "two", "96")).end())
        .then(answer -> answer.begin().chunk(event("ADDED", "three", "97")).hold());
    startWatching();

    awaitOpen();
    informer.reopen(true);
    assertSeen(BEGIN, seen("one"), END);
    assertSeen(new LeaseSeen("two", "96"), new LeaseSeen("three", "97"));
    server.request();
    assertThat(watchedFrom()).isEqualTo("95");
    assertThat(watchedFrom()).as("one list is enough").isEqualTo("96");
  }

  @ParameterizedTest
  @CsvSource({"PT1S, false", "PT1.001S, true"})
  void aWatchThatCannotBeOpenedAtOnceLeavesAGap(Duration opening, boolean isReported)
      throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk(event("ADDED", "one", "91")).end())
        .then(answer -> {
          time.pass(opening);
          answer.begin().chunk(event("ADDED", "two", "92")).hold();
        });
    start();

    assertSeen(BEGIN, END, new LeaseSeen("one", "91"));
    if (isReported) {
      assertSeen(BROKEN, restored(opening));
    }
    assertSeen(new LeaseSeen("two", "92"));
  }

  @Test
  void malformedObjectsAndEventsAreSkipped() throws InterruptedException {
    server
        .then(answer ->
            answer.complete(
                200,
                """
                {"kind": "LeaseList", "metadata": {"resourceVersion": "90"}, "items": [
                 null, 1, [], {}, {"metadata": null}, {"metadata": {"name": 7}},
                 {"metadata": {"name": "no-uid", "resourceVersion": "1"}},
                 {"metadata": {"name": "fine", "uid": "u", "resourceVersion": "80"}}]}
                """))
        .then(answer ->
            answer
                .begin()
                .chunk("{\"type\":\"ADDED\",\"object\":null}\n")
                .chunk("{\"type\":\"ADDED\"}\n{\"object\":{}}\nnull\n[]\n17\n")
                .chunk("{\"type\":\"NEW\",\"object\":{\"metadata\":{\"name\":\"x\"}}}\n")
                .chunk(event("ADDED", "fine", "91"))
                .hold());
    start();

    assertSeen(BEGIN, new LeaseSeen("fine", "80"), END, new LeaseSeen("fine", "91"));
  }

  @Test
  void aLargeObjectIsReadAndOneOfUnboundedSizeLeadsToAnotherList() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> {
          answer.begin().chunk(large(2, "large", "91"));
          answer.chunk(large(33, "boundless", "92")).hold();
        })
        .then(list("93", "", "one"))
        .then(answer -> answer.begin().hold());
    start();

    assertSeen(BEGIN, END, new LeaseSeen("large", "91"), BROKEN, BEGIN, seen("one"), END);
    assertThat(seen.poll(20, TimeUnit.SECONDS)).isInstanceOf(WatchRestored.class);
  }

  @Test
  void whatIsUnreadableTwiceInTheSamePlaceLeadsToAnotherList() throws InterruptedException {
    server
        .then(list("90", ""))
        .then(answer -> answer.begin().chunk("{\"type\":nonsense}").hold())
        .then(answer -> answer.begin().chunk("{\"type\":nonsense}").hold())
        .then(list("93", "", "one"))
        .then(answer -> answer.begin().hold());
    start();

    assertSeen(BEGIN, END, BROKEN, restored(PAUSE), BROKEN, BEGIN, seen("one"), END);
    server.request();
    assertThat(watchedFrom()).isEqualTo("90");
    assertThat(watchedFrom()).isEqualTo("90");
  }

  @Test
  void followsOnAfterThousandsOfEvents() throws InterruptedException {
    var count = 10_000;
    server
        .then(list("90", ""))
        .then(answer -> {
          answer.begin();
          var events = new StringBuilder();
          for (int i = 0; i < count; i++) {
            events.append(event("MODIFIED", "n-" + i % 50, String.valueOf(1000 + i)));
          }
          answer.chunk(events.toString()).hold();
        });
    start();

    assertSeen(BEGIN, END);
    for (int i = 0; i < count; i++) {
      assertSeen(new LeaseSeen("n-" + i % 50, String.valueOf(1000 + i)));
    }
  }

  private void start() {
    thread.start();
  }

  /** Starts, and has listed nothing and seen lease one. */
  private void startWatching() throws InterruptedException {
    start();
    assertSeen(BEGIN, END, new LeaseSeen("one", "91"));
    server.request();
    server.request();
  }

  /** As the watchdog does, until the informer waits for bytes and the watch can be closed. */
  private void closeAsQuiet(boolean isAnswered) throws InterruptedException {
    awaitOpen();
    time.pass(QUIET_LIMIT.minusMillis(1001));
    assertThat(informer.closeIfQuiet(time.now())).isFalse();
    time.pass(Duration.ofMillis(1));
    assertThat(informer.closeIfQuiet(time.now())).as("asks for the version now").isFalse();
    assertThat(server.request().path()).isEqualTo(LEASES + "?limit=1");
    while (isAnswered && !informer.isVersionKnown()) {
      Thread.onSpinWait();
    }
    time.pass(Duration.ofSeconds(1));
    assertThat(informer.closeIfQuiet(time.now())).isFalse();
    time.pass(Duration.ofMillis(1));
    assertThat(informer.closeIfQuiet(time.now())).isTrue();
  }

  private void awaitOpen() {
    while (!informer.isWaiting()) {
      Thread.onSpinWait();
    }
  }

  private String watchedFrom() throws InterruptedException {
    var path = server.request().path();
    assertThat(path)
        .startsWith(LEASES + "?watch=true&allowWatchBookmarks=true&resourceVersion=")
        .matches(".*&timeoutSeconds=(3[0-9]{2}|4[0-9]{2}|5[0-9]{2}|600)$");
    return path.replaceAll(".*resourceVersion=([^&]*).*", "$1");
  }

  private void assertSeen(Observation... wanted) throws InterruptedException {
    for (var observation : wanted) {
      assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(observation);
    }
  }

  private static WatchRestored restored(Duration gap) {
    return new WatchRestored(RESOURCE, gap);
  }

  private static LeaseSeen seen(String name) {
    return new LeaseSeen(name, "80");
  }
}
