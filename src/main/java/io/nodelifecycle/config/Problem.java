package io.nodelifecycle.config;

/**
 * Something that is wrong with the settings, or worth a warning.
 *
 * @param subject what it is about, with its value and place: {@code --node-monitor-period=0s}
 * @param what what is wrong with it
 * @param remedy what to do next
 */
public record Problem(String subject, String what, String remedy) {

  /** The whole in one line. */
  public String text() {
    return subject + ": " + what + "; " + remedy;
  }
}
