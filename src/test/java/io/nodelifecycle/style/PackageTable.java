package io.nodelifecycle.style;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which package of the project may use which other. A package that is not in the table may use
 * nothing; a package always uses itself.
 *
 * <p>Names are relative to the base package, whose own name is empty.
 */
final class PackageTable {
  static final String BASE = "io.nodelifecycle";

  private static final String ROOT = "";
  private static final String ANY = "*";

  /** A name stands for its subpackages too, unless they have a row of their own. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry(ROOT, Set.of(ANY)),
          Map.entry("config", Set.of("core")),
          Map.entry("observe", Set.of("core", "runtime")),
          Map.entry("kubernetes", Set.of("core", "runtime", "serving.review")),
          Map.entry("serving", Set.of("core", "runtime")),
          Map.entry("runtime", Set.of("core")),
          Map.entry("core", Set.of("core")),
          Map.entry("core.model", Set.of()),
          Map.entry("core.health", Set.of("core.model")),
          Map.entry("core.zone", Set.of("core.model", "core.schedule")),
          Map.entry("core.taint", Set.of("core.model")),
          Map.entry("core.eviction", Set.of("core.model", "core.taint")),
          Map.entry("core.foreign", Set.of("core.model", "core.taint")),
          Map.entry("core.schedule", Set.of()),
          Map.entry("invariant", Set.of("core")),
          Map.entry(
              "sandbox",
              Set.of("config", "observe", "kubernetes", "runtime", "core", "invariant", ROOT)),
          Map.entry("simulate", Set.of(ANY)));

  private PackageTable() {}

  /** Whether the table has a row for the package or for one above it, the root not counted. */
  static boolean knows(String packageName) {
    return row(relative(packageName)).isPresent();
  }

  /** Whether a class of package {@code from} may use a class of package {@code to}. */
  static boolean allows(String from, String to) {
    var user = relative(from);
    var used = relative(to);
    return user.equals(used) || row(user).filter(row -> row.allows(used)).isPresent();
  }

  static boolean isOurs(String packageName) {
    return packageName.equals(BASE) || packageName.startsWith(BASE + ".");
  }

  private static boolean isInside(String packageName, String name) {
    return packageName.equals(name) || (!name.equals(ROOT) && packageName.startsWith(name + "."));
  }

  /** The row that applies, the most specific one. */
  private static Optional<Row> row(String name) {
    var allowed = MAY_USE.get(name);
    if (allowed != null) {
      return Optional.of(new Row(name, allowed));
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? Optional.empty() : row(name.substring(0, dot));
  }

  private static String relative(String packageName) {
    return packageName.equals(BASE) ? ROOT : packageName.substring(BASE.length() + 1);
  }

  private record Row(String name, Set<String> allowed) {
    boolean allows(String used) {
      return allowed.contains(ANY)
          || isInside(used, name)
          || allowed.stream().anyMatch(other -> isInside(used, other));
    }
  }
}
