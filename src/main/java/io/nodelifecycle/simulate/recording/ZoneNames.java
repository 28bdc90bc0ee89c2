package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.core.model.Zone;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What people call zones: as their label says, with the region only where that is not clear. */
final class ZoneNames {
  private static final String UNNAMED = "unnamed";

  private final Map<Zone, String> names = new HashMap<>();
  private final Map<String, Zone> owners = new HashMap<>();

  /** The name of a zone, the same each time. */
  String of(Zone zone) {
    return names.computeIfAbsent(zone, this::choose);
  }

  private String choose(Zone zone) {
    if (zone.label().isEmpty()) {
      return UNNAMED;
    }
    if (zone.zone().isEmpty()) {
      return zone.label();
    }
    return owners.computeIfAbsent(zone.zone(), _ -> zone).equals(zone) ? zone.zone() : zone.label();
  }

  /** Of two zones of the same name, both are called with their regions. */
  void learn(Iterable<Zone> zones) {
    var once = new HashMap<String, Zone>();
    for (var zone : zones) {
      var other = once.putIfAbsent(zone.zone(), zone);
      if (other != null && !other.equals(zone)) {
        names.put(other, other.label());
        names.put(zone, zone.label());
      }
    }
  }

  /** The zone of a name that was given. */
  Optional<Zone> find(String name) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** All names that were given, in order. */
  Iterable<String> all() {
    return new TreeSet<>(names.values());
  }
}
