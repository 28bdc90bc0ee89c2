package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How the API server and the network behave at the moment. Everything random in it follows from its
 * seed.
 */
public final class Weather {
  private static final Duration REQUEST = Duration.ofMillis(4);
  private static final Duration DELIVERY = Duration.ofMillis(5);

  private final SplittableRandom random;
  private boolean isDown;
  private Duration slowness = Duration.ZERO;
  private Errors errors = Errors.NONE;
  private final Map<Resource, Duration> delays = new EnumMap<>(Resource.class);
  private final Set<Resource> deaf = EnumSet.noneOf(Resource.class);
  private Duration listAge = Duration.ZERO;

  /** Fine weather. */
  public Weather(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Which requests fail without need, in percent of all.
   *
   * @param conflict answered 409 and not carried out
   * @param throttled answered 429 with Retry-After, and not carried out
   * @param broken answered 500 and not carried out
   * @param lost not answered in time and not carried out
   * @param unanswered carried out, but the answer does not come
   */
  public record Errors(int conflict, int throttled, int broken, int lost, int unanswered) {
    /** None. */
    public static final Errors NONE = new Errors(0, 0, 0, 0, 0);
  }

  /** What becomes of a request. */
  enum Fate {
    DONE,
    CONFLICT,
    THROTTLED,
    BROKEN,
    LOST,
    UNANSWERED
  }

  /** The API server is away, or back. */
  public void setDown(boolean isDown) {
    this.isDown = isDown;
  }

  /** Whether the API server is away. */
  public boolean isDown() {
    return isDown;
  }

  /** Requests take up to so much longer, each way. */
  public void setSlowness(Duration slowness) {
    this.slowness = slowness;
  }

  /** From now on requests fail like this. */
  public void setErrors(Errors errors) {
    this.errors = errors;
  }

  /** What the watch of a resource delivers comes up to so much later. */
  public void setDelay(Resource resource, Duration delay) {
    delays.put(resource, delay);
  }

  /** The watch of a resource delivers nothing, without breaking; or does again. */
  public void setDeaf(Resource resource, boolean isDeaf) {
    if (isDeaf) {
      deaf.add(resource);
    } else {
      deaf.remove(resource);
    }
  }

  /** Lists are as old as that, where that is still known. */
  public void setListAge(Duration age) {
    listAge = age;
  }

  Duration listAge() {
    return listAge;
  }

  /** Clears up at once. */
  public void clear() {
    isDown = false;
    slowness = Duration.ZERO;
    errors = Errors.NONE;
    delays.clear();
    deaf.clear();
    listAge = Duration.ZERO;
  }

  /** How long the next request takes one way. */
  Duration travel() {
    return upTo(REQUEST).plus(upTo(slowness));
  }

  /** How much longer than usual the next request takes both ways. */
  Duration delay() {
    return upTo(slowness).plus(upTo(slowness));
  }

  /** How long the next change takes to those who watch. */
  Duration delivery(Resource resource) {
    return upTo(DELIVERY).plus(upTo(delays.getOrDefault(resource, Duration.ZERO)));
  }

  boolean isDeaf(Resource resource) {
    return deaf.contains(resource);
  }

  /** The fate of the next request. */
  Fate fate() {
    if (errors.equals(Errors.NONE)) {
      return Fate.DONE;
    }
    var draw = random.nextInt(100) - errors.conflict;
    if (draw < 0) {
      return Fate.CONFLICT;
    }
    draw -= errors.throttled;
    if (draw < 0) {
      return Fate.THROTTLED;
    }
    draw -= errors.broken;
    if (draw < 0) {
      return Fate.BROKEN;
    }
    draw -= errors.lost;
    if (draw < 0) {
      return Fate.LOST;
    }
    return draw < errors.unanswered ? Fate.UNANSWERED : Fate.DONE;
  }

  /** A duration between one millisecond and this, or zero for zero. */
  Duration upTo(Duration longest) {
    var millis = longest.toMillis();
    return millis == 0 ? Duration.ZERO : Duration.ofMillis(1 + random.nextLong(millis));
  }
}
