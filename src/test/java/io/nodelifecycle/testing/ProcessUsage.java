package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a process takes, as the kernel counts it.
 *
 * @param residentMebibytes memory that it holds now
 * @param peakMebibytes the most that it has held
 * @param cpuSeconds user and system time since its start
 */
public record ProcessUsage(double residentMebibytes, double peakMebibytes, double cpuSeconds) {
  private static final double CLOCK_TICKS = 100;

  /** Of the process of this id, which must run. */
  public static ProcessUsage of(long pid) {
    var status = proc(pid, "status");
    return new ProcessUsage(
        mebibytes(status, "VmRSS:"), mebibytes(status, "VmHWM:"), cpuSeconds(proc(pid, "stat")));
  }

  private static double mebibytes(String status, String field) {
    return status
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst()
        .orElseThrow();
  }

  /** User and system time: the 14th and 15th field, where the 2nd, in parentheses, ends first. */
  private static double cpuSeconds(String stat) {
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CLOCK_TICKS;
  }

  private static String proc(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the " + file + " of process " + pid, e);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f MiB resident, %.0f MiB at most, %.1f s of CPU",
        residentMebibytes,
        peakMebibytes,
        cpuSeconds);
  }
}
