package io.nodelifecycle.flood;

import java.util.Locale;

/** Prints what was measured, for whoever sets the bounds. */
final class Report {
  private Report() {}

  static void of(String flood, String format, Object... values) {
    System.out.println(flood + ": " + String.format(Locale.ROOT, format, values));
  }
}
