package io.nodelifecycle.config;

/** Subject under which settings appear in the help text and in the reference, in this order. */
enum SettingGroup {
  HEALTH("Node health"),
  ZONES("Zones and eviction rates"),
  EVICTION("Eviction of pods"),
  CONTROLLERS("Controllers and feature gates"),
  CLUSTER("API server"),
  LEADER_ELECTION("Leader election"),
  SERVING("Secure port"),
  LOGGING("Logs"),
  GENERAL("General");

  private final String title;

  SettingGroup(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
