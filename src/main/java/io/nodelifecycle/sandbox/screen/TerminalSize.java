package io.nodelifecycle.sandbox.screen;

import io.nodelifecycle.sandbox.screen.LiveDisplay.Size;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks the terminal for its size every now and then; 80 by 24 where it does not say. */
public final class TerminalSize implements Supplier<Size> {
  private static final Duration ASKED_EVERY = Duration.ofSeconds(2);
  private static final long ANSWER_MILLIS = 500;

  private final Supplier<Instant> now;
  private Instant nextQuestion = Instant.MIN;
  private Size size = Size.STANDARD;

  /** A size that is asked for by the monotonic time. */
  public TerminalSize(Supplier<Instant> now) {
    this.now = now;
  }

  @Override
  public Size get() {
    if (!now.get().isBefore(nextQuestion)) {
      size = ask();
      nextQuestion = now.get().plus(ASKED_EVERY);
    }
    return size;
  }

  private Size ask() {
    try {
      var process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return size;
      }
      var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return parse(answer, size);
    } catch (IOException _) {
      return size;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return size;
    }
  }

  /** Rows and columns as {@code stty size} prints them. */
  static Size parse(String answer, Size otherwise) {
    var words = answer.strip().split(" ");
    if (words.length != 2 || !words[0].matches("\\d{1,4}") || !words[1].matches("\\d{1,4}")) {
      return otherwise;
    }
    int rows = Integer.parseInt(words[0]);
    int columns = Integer.parseInt(words[1]);
    return rows == 0 || columns == 0 ? otherwise : new Size(columns, rows);
  }
}
