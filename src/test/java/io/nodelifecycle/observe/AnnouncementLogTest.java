package io.nodelifecycle.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Action.WriteFailed;
import io.nodelifecycle.core.Action.WriteKeepsFailing;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Where no pod can be written, thousands of failures say nothing that twenty do not. */
final class AnnouncementLogTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SteppedTime time = new SteppedTime();
  private final AnnouncementLog log = new AnnouncementLog(time);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(AnnouncementLog.class);

  AnnouncementLogTest() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }

  @Test
  void everyFailureIsSaidWhileThereAreFew() {
    announce(LineQuota.LINES_MAX - 1, AnnouncementLogTest::failed);
    assertThat(lines.list).hasSize(LineQuota.LINES_MAX - 1);
    assertThat(text(0)).contains("write=\"deletion of pod default/p-0\"", "reason=\"no\"");
    assertThat(lines.list.getLast().getFormattedMessage())
        .isEqualTo("write failed and will be retried");
  }

  @Test
  void ofManyFailuresItIsSaidThatTheRestIsOnlyCounted() {
    announce(10 * LineQuota.LINES_MAX, AnnouncementLogTest::failed);
    assertThat(lines.list).hasSize(LineQuota.LINES_MAX + 1);
    assertThat(lines.list.getLast().getFormattedMessage()).contains("not logged for a minute");
  }

  @Test
  void anotherKindOfWriteIsSaidNevertheless() {
    announce(10 * LineQuota.LINES_MAX, AnnouncementLogTest::failed);
    lines.list.clear();
    log.announce(new WriteFailed(new PatchNodeLabels(new NodeKey("a", "u"), Map.of(), 0), "no", 1));
    assertThat(lines.list).hasSize(1);
  }

  @Test
  void theNextMinuteTellsHowManyWereNotLogged() {
    announce(LineQuota.LINES_MAX + 7, AnnouncementLogTest::failed);
    lines.list.clear();
    time.pass(MINUTE.minusMillis(1));
    announce(1, AnnouncementLogTest::failed);
    assertThat(lines.list).isEmpty();
    time.pass(Duration.ofMillis(1));
    announce(2, AnnouncementLogTest::failed);
    assertThat(lines.list).hasSize(2);
    assertThat(text(0)).contains("notLogged=\"8\"");
    assertThat(text(1)).doesNotContain("notLogged");
  }

  @Test
  void failuresThatLastAreBoundedTheSameWayAndApart() {
    announce(10 * LineQuota.LINES_MAX, AnnouncementLogTest::failed);
    lines.list.clear();
    announce(10 * LineQuota.LINES_MAX, write -> new WriteKeepsFailing(write, "no"));
    assertThat(lines.list).hasSize(LineQuota.LINES_MAX + 1);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .isEqualTo("write has been failing for a minute");
    assertThat(lines.list.getLast().getFormattedMessage()).contains("not logged for a minute");
  }

  private void announce(int count, Function<Write, Announcement> announcement) {
    IntStream.range(0, count)
        .mapToObj(i -> new DeletePod(new PodKey("default", "p-" + i, "u" + i), "a", true, 0))
        .map(announcement)
        .forEach(log::announce);
  }

  private static Announcement failed(Write write) {
    return new WriteFailed(write, "no", 1);
  }

  private String text(int line) {
    return String.valueOf(List.copyOf(lines.list).get(line).getKeyValuePairs());
  }
}
