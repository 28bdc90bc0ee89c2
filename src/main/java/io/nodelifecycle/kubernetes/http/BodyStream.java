package io.nodelifecycle.kubernetes.http;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.nodelifecycle.runtime.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer. One thread reads it; any thread may close it, which ends a read that
 * waits. Bytes are asked for one chunk ahead, so that who reads slowly slows the sender down.
 */
public final class BodyStream extends BlockStream implements AsyncBody.Consumer<List<ByteBuffer>> {
  private static final int PACKED_BYTES = 16 * 1024;

  /** White space, if anything, follows what was asked for. */
  private static final int END_BYTES_MAX = 1024;

  private static final Duration END_PATIENCE = Duration.ofMillis(250);

  /** So much of what arrives is gathered at most. */
  private static final int GATHERED_BYTES = 16 * 1024;

  private final TimeSource time;
  private final ReentrantLock unpacking = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition gathered = lock.newCondition();
  private final ArrayDeque<Chunk> pending = new ArrayDeque<>();
  private @Nullable AsyncBody body;
  private boolean isAskedForMore;
  private boolean isEnded;
  private boolean isClosed;
  private @Nullable Throwable failure;
  private @Nullable Instant blockedSince;
  private Instant lastArrival;
  private Instant readArrival;
  private Duration gathering = Duration.ZERO;
  private Instant nextAwakening = Instant.MIN;
  private boolean isRestDue;
  private boolean isCompressed;
  private @Nullable InputStream unpacked;
  private long patienceNanos = Long.MAX_VALUE;
  private long bytesAllowed = Long.MAX_VALUE;

  private record Chunk(ByteBuffer bytes, Instant arrival) {}

  BodyStream(TimeSource time) {
    this.time = time;
    lastArrival = time.now();
    readArrival = lastArrival;
  }

  /** A body that has arrived completely. */
  public static BodyStream complete(List<byte[]> pieces, TimeSource time) {
    var stream = new BodyStream(time);
    pieces.forEach(
        piece -> stream.pending.add(new Chunk(ByteBuffer.wrap(piece), stream.lastArrival)));
    stream.isEnded = true;
    return stream;
  }

  /** Told by the HTTP client. */
  @Override
  public void consume(List<ByteBuffer> buffers, AsyncBody from) {
    lock.lock();
    try {
      lastArrival = time.now();
      for (var buffer : buffers) {
        if (buffer.hasRemaining()) {
          pending.add(new Chunk(buffer, lastArrival));
        }
      }
      isAskedForMore = pending.isEmpty() || isGathering();
      if (isAskedForMore) {
        from.consume();
      } else {
        gathered.signalAll();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether who reads would rather have more than what is there at once. */
  private boolean isGathering() {
    return gathering.isPositive()
        && pending.stream().mapToInt(chunk -> chunk.bytes.remaining()).sum() < GATHERED_BYTES;
  }

  /**
   * The answer begins.
   *
   * @param isGzip whether it arrives compressed: it is read as it was before that
   */
  void attach(AsyncBody answerBody, boolean isGzip) {
    boolean wasClosed;
    lock.lock();
    try {
      body = answerBody;
      isCompressed = isGzip;
      lastArrival = time.now();
      wasClosed = isClosed;
      isAskedForMore = true;
    } finally {
      lock.unlock();
    }
    var _ = answerBody.done().whenComplete((_, error) -> end(error));
    if (wasClosed) {
      answerBody.cancel();
    } else {
      answerBody.consume();
    }
  }

  private void end(@Nullable Throwable error) {
    lock.lock();
    try {
      isEnded = true;
      failure = error;
      if (error == null) {
        lastArrival = time.now();
      }
      changed.signalAll();
      gathered.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** When bytes last arrived, or the head of the answer before any. */
  public Instant lastArrival() {
    lock.lock();
    try {
      return lastArrival;
    } finally {
      lock.unlock();
    }
  }

  /** Since when the reader has been waiting for bytes; empty if it is not waiting now. */
  public Optional<Instant> waitingSince() {
    lock.lock();
    try {
      if (blockedSince == null || !pending.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(blockedSince.isAfter(lastArrival) ? blockedSince : lastArrival);
    } finally {
      lock.unlock();
    }
  }

  /** When the bytes arrived that were read last; a read never returns any of different times. */
  public Instant readArrival() {
    lock.lock();
    try {
      return readArrival;
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on, bytes that come soon after others are left to gather, so that who reads is woken
   * less often; what fills 16 KiB is read at once.
   *
   * @param pace from one awakening to the next
   */
  public void gather(Duration pace) {
    lock.lock();
    try {
      gathering = pace;
    } finally {
      lock.unlock();
    }
  }

  /** From now on, reads may wait for that long in total. */
  public void limitWaiting(Duration patience) {
    patienceNanos = patience.toNanos();
  }

  /** From now on, so many bytes may be read; more than that is a {@link TooLargeException}. */
  public void limitBytes(long bytes) {
    bytesAllowed = bytes;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    var count =
        isCompressed ? readUnpacked(target, offset, length) : readArrived(target, offset, length);
    bytesAllowed -= Math.max(count, 0);
    if (bytesAllowed < 0) {
      throw new TooLargeException();
    }
    return count;
  }

  private int readUnpacked(byte[] target, int offset, int length) throws IOException {
    unpacking.lock();
    try {
      if (unpacked == null) {
        unpacked = new GZIPInputStream(new Arrived(), PACKED_BYTES);
      }
      return unpacked.read(target, offset, length);
    } finally {
      unpacking.unlock();
    }
  }

  private int readArrived(byte[] target, int offset, int length) throws IOException {
    AsyncBody drained = null;
    int count;
    lock.lock();
    try {
      if (!awaitArrival()) {
        return -1;
      }
      count = take(target, offset, length);
      if (pending.isEmpty()) {
        isRestDue = gathering.isPositive();
        drained = isAskedForMore ? null : body;
        isAskedForMore = true;
      }
    } finally {
      lock.unlock();
    }
    if (drained != null) {
      drained.consume();
    }
    return count;
  }

  private int take(byte[] target, int offset, int length) {
    if (gathering.isPositive() && !nextAwakening.isAfter(time.now())) {
      nextAwakening = time.now().plus(gathering);
    }
    readArrival = pending.getFirst().arrival;
    var count = 0;
    while (count < length && !pending.isEmpty() && pending.getFirst().arrival.equals(readArrival)) {
      var bytes = pending.getFirst().bytes;
      var part = Math.min(length - count, bytes.remaining());
      bytes.get(target, offset + count, part);
      count += part;
      if (!bytes.hasRemaining()) {
        pending.removeFirst();
      }
    }
    return count;
  }

  /** Waits until there is something to read; false if the answer has ended. */
  private boolean awaitArrival() throws IOException {
    blockedSince = pending.isEmpty() ? time.now() : null;
    try {
      awaitGathering();
      return awaitBytes();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      blockedSince = null;
    }
  }

  /** After all that had gathered was read: leaves what arrives to gather again. */
  private void awaitGathering() throws InterruptedException {
    if (!isRestDue) {
      return;
    }
    isRestDue = false;
    var left = Duration.between(time.now(), nextAwakening).toNanos();
    while (left > 0 && isGathering() && !isClosed && !isEnded) {
      left = gathered.awaitNanos(left);
    }
  }

  private boolean awaitBytes() throws IOException, InterruptedException {
    while (pending.isEmpty() || isClosed) {
      if (isClosed) {
        throw new IOException("the stream was closed");
      }
      if (failure != null) {
        throw new IOException("the connection broke", failure);
      }
      if (isEnded) {
        return false;
      }
      if (patienceNanos <= 0) {
        throw new IOException("the answer did not arrive completely in time");
      }
      if (patienceNanos == Long.MAX_VALUE) {
        changed.await();
      } else {
        patienceNanos = changed.awaitNanos(patienceNanos);
      }
    }
    return true;
  }

  /** Puts bytes that were read back before those that were not; not of a compressed body. */
  public void unread(byte[] bytes) {
    if (bytes.length > 0) {
      lock.lock();
      try {
        pending.addFirst(new Chunk(ByteBuffer.wrap(bytes), readArrival));
        bytesAllowed += bytes.length;
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * To be called when all that is wanted was read. What may follow is read for a moment: a
   * connection whose answer was read to its end serves the next request, and others are given up.
   */
  public void finish() {
    patienceNanos = Math.min(patienceNanos, END_PATIENCE.toNanos());
    bytesAllowed = END_BYTES_MAX;
    var rest = new byte[END_BYTES_MAX];
    try {
      while (read(rest, 0, rest.length) >= 0) {
        // Whatever it is.
      }
    } catch (IOException _) {
      // It is given up.
    }
  }

  /** Gives the connection up unless the answer has ended; a read that waits fails. */
  @Override
  public void close() {
    AsyncBody cancelled;
    lock.lock();
    try {
      isClosed = true;
      cancelled = body;
      changed.signalAll();
      gathered.signalAll();
    } finally {
      lock.unlock();
    }
    if (cancelled != null) {
      cancelled.cancel();
    }
    closeUnpacked();
  }

  /**
   * Its memory is outside the heap. Who is reading leaves soon, for there is nothing to wait for.
   */
  private void closeUnpacked() {
    unpacking.lock();
    try {
      if (unpacked != null) {
        unpacked.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing what is in memory cannot fail", e);
    } finally {
      unpacking.unlock();
    }
  }

  /** What has arrived, as it arrived. */
  private final class Arrived extends BlockStream {
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return readArrived(target, offset, length);
    }
  }

  /** More bytes arrived than were allowed. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException() {
      super("more bytes than any object may have");
    }
  }
}
