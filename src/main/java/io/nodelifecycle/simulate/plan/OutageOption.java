package io.nodelifecycle.simulate.plan;

import io.nodelifecycle.config.value.Quoted;
import java.util.Arrays;
import java.util.Optional;

/**
 * An option of the command line about the outage. Their order matters: a heal without a name is
 * about the kill before it.
 *
 * @param what what it makes happen
 * @param value what follows the equals sign; of {@code --heal@40m} what follows the name
 */
public record OutageOption(What what, String value) {
  /** What an option makes happen. */
  public enum What {
    /** All machines of zones stop. */
    KILL_ZONE("--kill-zone", "eu-1b@10m"),
    /** Some machines stop. */
    KILL_NODES("--kill-nodes", "30%@5m"),
    /** Machines come back. */
    HEAL("--heal", "eu-1b@40m"),
    /** The API server is out of reach. */
    API_DOWN("--api-down", "2m@15m");

    private final String flag;
    private final String example;

    What(String flag, String example) {
      this.flag = flag;
      this.example = example;
    }

    /** As it is written on the command line. */
    public String flag() {
      return flag;
    }

    /** A value that could be given. */
    public String example() {
      return example;
    }

    /** What an option of this name makes happen; nothing where it is none of the outage. */
    public static Optional<What> of(String flag) {
      return Arrays.stream(values()).filter(what -> what.flag.equals(flag)).findFirst();
    }
  }

  /** As it was written. */
  public String text() {
    return what.flag + (value.startsWith("@") ? "" : "=") + Quoted.plain(value);
  }
}
