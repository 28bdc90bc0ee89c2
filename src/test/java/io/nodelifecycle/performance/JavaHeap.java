package io.nodelifecycle.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What is kept on the heap of a Java process that is not this one. */
final class JavaHeap {
  private static final Pattern USED =
      Pattern.compile("(?:DefNew|Tenured) +total \\d+K, used (\\d+)K");
  private static final int SECONDS_MAX = 60;

  /** Every fourth leaves nothing dead behind; the others spare themselves the last 5 %. */
  private static final int COLLECTIONS = 4;

  private JavaHeap() {}

  /** Bytes of the serial collector's heap that are in use right after full collections. */
  static long keptBytes(long pid) {
    for (int i = 0; i < COLLECTIONS; i++) {
      var _ = jcmd(pid, "GC.run");
    }
    var text = jcmd(pid, "GC.heap_info");
    var kept =
        USED.matcher(text).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    if (kept == 0) {
      throw new IllegalStateException("no heap in: " + text);
    }
    return kept * 1024;
  }

  private static String jcmd(long pid, String command) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      var process =
          new ProcessBuilder(List.of(jcmd, Long.toString(pid), command))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + " failed: " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + jcmd, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + command, e);
    }
  }
}
