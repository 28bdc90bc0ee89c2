package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.core.model.Zone;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What people call zones: as their label says, with the region only where that is not clear. */
public final class ZoneNames {
  private static final String UNNAMED = "unnamed";

  private final Map<Zone, String> names = new HashMap<>();
  private final Map<String, Zone> owners = new HashMap<>();

  /** No name was given yet. */
  public ZoneNames() {}

  /** The name of a zone, the same each time. */
  public String of(Zone zone) {
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
  public void learn(Iterable<Zone> zones) {
    var once = new HashMap<String, Zone>();
    for (var zone : zones) {
      if (zone.zone().isEmpty()) {
        continue;
      }
      var other = once.putIfAbsent(zone.zone(), zone);
      if (other != null && !other.equals(zone)) {
        names.put(other, other.label());
        names.put(zone, zone.label());
      }
    }
  }

  /** The zone of a name that was given. */
  public Optional<Zone> find(String name) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** All names that were given, in order. */
  public Iterable<String> all() {
    return new TreeSet<>(names.values());
  }
}
