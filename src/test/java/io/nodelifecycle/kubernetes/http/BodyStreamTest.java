package io.nodelifecycle.kubernetes.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BodyStreamTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Duration NEXT_TO_NOTHING = Duration.ofMillis(1);

  private final SteppedTime time = new SteppedTime();
  private final FakeBody body = new FakeBody();
  private final BodyStream stream = new BodyStream(time);

  private static final class FakeBody implements AsyncBody {
    private final AtomicInteger asked = new AtomicInteger();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    @Override
    public void consume() {
      asked.incrementAndGet();
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      done.cancel(false);
    }
  }

  private void arrive(String text) {
    arrive(text.getBytes(UTF_8));
  }

  private void arrive(byte[] bytes) {
    stream.consume(List.of(ByteBuffer.wrap(bytes)), body);
  }

  private String read() throws IOException {
    var bytes = new byte[100];
    var count = stream.read(bytes);
    return count < 0 ? "END" : new String(bytes, 0, count, UTF_8);
  }

  /** A read in a thread of its own that has come to where it waits. */
  private FutureTask<String> waitingRead() {
    var read = new FutureTask<>(this::read);
    var thread = Thread.ofPlatform().daemon().start(read);
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    return read;
  }

  @Test
  void aReadReturnsWhatArrivedTogetherAndSaysWhen() throws IOException {
    stream.attach(body, false);
    var first = time.now();
    arrive("a");
    arrive("b");
    time.pass(Duration.ofMillis(7));
    arrive("c");
    assertThat(read()).isEqualTo("ab");
    assertThat(stream.readArrival()).isEqualTo(first);
    assertThat(read()).isEqualTo("c");
    assertThat(stream.readArrival()).isEqualTo(first.plusMillis(7));
  }

  @Test
  void whoReadsSlowlyIsAskedForNoMore() throws IOException {
    stream.attach(body, false);
    assertThat(body.asked).hasValue(1);
    arrive("a");
    assertThat(body.asked).hasValue(1);
    assertThat(read()).isEqualTo("a");
    assertThat(body.asked).hasValue(2);
  }

  @Test
  void afterARestWhatHasGatheredIsReadAtOnce() throws IOException {
    stream.attach(body, false);
    stream.gather(NEXT_TO_NOTHING);
    arrive("a");
    assertThat(read()).isEqualTo("a");
    arrive("b");
    time.pass(Duration.ofMillis(1));
    arrive("c");
    assertThat(body.asked).as("asked at once each time, never twice").hasValue(4);
    assertThat(read()).isEqualTo("b");
    assertThat(read()).isEqualTo("c");
    assertThat(body.asked).hasValue(4);
  }

  @Test
  void whatComesSoonIsLeftToGatherAndALotIsNot() throws Exception {
    stream.attach(body, false);
    stream.gather(FOR_EVER);
    arrive("a");
    assertThat(read()).isEqualTo("a");
    var read = waitingRead();
    assertThat(stream.waitingSince()).as("for whatever comes").hasValue(time.now());
    time.pass(Duration.ofMinutes(1));
    arrive("b");
    assertThat(read.isDone()).isFalse();
    assertThat(stream.waitingSince()).as("it rests, nothing is missing").isEmpty();
    var bytes = new byte[16 * 1024 - 2];
    Arrays.fill(bytes, (byte) 'x');
    arrive(bytes);
    assertThat(read.isDone()).isFalse();
    var asked = body.asked.get();
    arrive("c");
    assertThat(read.get()).startsWith("bxxx");
    assertThat(body.asked).as("enough for now").hasValue(asked);
  }

  @Test
  void theEndIsNotGathered() throws Exception {
    stream.attach(body, false);
    stream.gather(FOR_EVER);
    arrive("a");
    assertThat(read()).isEqualTo("a");
    var read = waitingRead();
    arrive("b");
    body.done.complete(null);
    assertThat(read.get()).isEqualTo("b");
    assertThat(read()).isEqualTo("END");
  }

  @Test
  void closingEndsARest() throws IOException {
    stream.attach(body, false);
    stream.gather(FOR_EVER);
    arrive("a");
    assertThat(read()).isEqualTo("a");
    var read = waitingRead();
    stream.close();
    assertThatThrownBy(read::get).hasMessageContaining("the stream was closed");
  }

  @Test
  void theFirstBytesAfterALongSilenceAreReadAtOnce() throws IOException {
    stream.attach(body, false);
    stream.gather(Duration.ofSeconds(1));
    arrive("a");
    assertThat(read()).isEqualTo("a");
    time.pass(Duration.ofSeconds(1));
    arrive("b");
    assertThat(read()).as("no rest is due").isEqualTo("b");
  }
}
