package io.nodelifecycle.serving.tls;

import io.nodelifecycle.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What files say, read again when it is asked for, at most every ten seconds. What cannot be used
 * leaves in place what was there before, and is logged once. Thread-safe.
 */
public final class Reloaded<T> {
  private static final Logger LOGGER = LoggerFactory.getLogger(Reloaded.class);
  private static final Duration CHECKED_EVERY = Duration.ofSeconds(10);

  private final Map<String, Path> files;
  private final Reader<T> reader;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile T current;
  private volatile Optional<String> problem = Optional.empty();
  private volatile Instant nextCheck;
  private List<PemFile> seen;
  private Optional<String> problemOfSeen = Optional.empty();

  /** Makes something of files. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Of the files' contents, in their order. */
    T read(List<PemFile> contents) throws UnusableFileException;
  }

  private Reloaded(
      Map<String, Path> files, Reader<T> reader, TimeSource time, List<PemFile> seen, T current) {
    this.files = files;
    this.reader = reader;
    this.time = time;
    this.seen = seen;
    this.current = current;
    this.nextCheck = time.now().plus(CHECKED_EVERY);
  }

  /**
   * Reads files for the first time.
   *
   * @param files by the flags that name them
   * @throws UnusableFileException if they cannot be used
   */
  static <T> Reloaded<T> of(LinkedHashMap<String, Path> files, Reader<T> reader, TimeSource time)
      throws UnusableFileException {
    var contents = contents(files);
    return new Reloaded<>(files, reader, time, contents, reader.read(contents));
  }

  private static List<PemFile> contents(Map<String, Path> files) throws UnusableFileException {
    var contents = new ArrayList<PemFile>();
    for (var file : files.entrySet()) {
      contents.add(PemFile.read(file.getKey(), file.getValue()));
    }
    return List.copyOf(contents);
  }

  /** What they say now. */
  public T current() {
    checkIfDue();
    return current;
  }

  /** Why the files as they are now are not in use; empty if they are. Looks at them as well. */
  public Optional<String> problem() {
    checkIfDue();
    return problem;
  }

  private void checkIfDue() {
    if (!time.now().isBefore(nextCheck) && lock.tryLock()) {
      try {
        check();
      } finally {
        lock.unlock();
      }
    }
  }

  private void check() {
    nextCheck = time.now().plus(CHECKED_EVERY);
    try {
      var contents = contents(files);
      if (contents.equals(seen)) {
        // They may have been away or unreadable in between.
        note(problemOfSeen);
        return;
      }
      seen = contents;
      problemOfSeen = Optional.empty();
      try {
        current = reader.read(contents);
      } catch (UnusableFileException e) {
        problemOfSeen = Optional.of(e.getMessage());
      }
      note(problemOfSeen);
      if (problemOfSeen.isEmpty()) {
        LOGGER.atInfo().addKeyValue("files", contents).log("files were read anew");
      }
    } catch (UnusableFileException e) {
      note(Optional.of(e.getMessage()));
    }
  }

  private void note(Optional<String> now) {
    if (now.isPresent() && !now.equals(problem)) {
      LOGGER
          .atWarn()
          .addKeyValue("reason", now.get())
          .log("files have changed and cannot be used; what they held before stays in use");
    }
    problem = now;
  }
}
