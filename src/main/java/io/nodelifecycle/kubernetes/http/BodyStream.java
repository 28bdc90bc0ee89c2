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

  private final TimeSource time;
  private final ReentrantLock unpacking = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<ByteBuffer> pending = new ArrayDeque<>();
  private @Nullable AsyncBody body;
  private boolean isEnded;
  private boolean isClosed;
  private @Nullable Throwable failure;
  private @Nullable Instant blockedSince;
  private Instant lastArrival;
  private boolean isCompressed;
  private @Nullable InputStream unpacked;
  private long patienceNanos = Long.MAX_VALUE;
  private long bytesAllowed = Long.MAX_VALUE;

  BodyStream(TimeSource time) {
    this.time = time;
    lastArrival = time.now();
  }

  /** A body that has arrived completely. */
  public static BodyStream complete(List<byte[]> pieces, TimeSource time) {
    var stream = new BodyStream(time);
    pieces.forEach(piece -> stream.pending.add(ByteBuffer.wrap(piece)));
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
          pending.add(buffer);
        }
      }
      if (pending.isEmpty()) {
        from.consume();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
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
      if (blockedSince == null) {
        return Optional.empty();
      }
      return Optional.of(blockedSince.isAfter(lastArrival) ? blockedSince : lastArrival);
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
      if (!awaitBytes()) {
        return -1;
      }
      count = take(target, offset, length);
      if (pending.isEmpty()) {
        drained = body;
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
    int count = 0;
    while (count < length && !pending.isEmpty()) {
      var buffer = pending.getFirst();
      int part = Math.min(length - count, buffer.remaining());
      buffer.get(target, offset + count, part);
      count += part;
      if (!buffer.hasRemaining()) {
        pending.removeFirst();
      }
    }
    return count;
  }

  private boolean awaitBytes() throws IOException {
    blockedSince = pending.isEmpty() ? time.now() : null;
    try {
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
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      blockedSince = null;
    }
  }

  /** Puts bytes that were read back before those that were not; not of a compressed body. */
  public void unread(byte[] bytes) {
    if (bytes.length > 0) {
      lock.lock();
      try {
        pending.addFirst(ByteBuffer.wrap(bytes));
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
