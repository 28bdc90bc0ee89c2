package io.nodelifecycle.sandbox.http;

import java.time.Duration;

/**
 * How the server behaves.
 *
 * @param bearerToken the token that requests must carry, as a bearer token or as the first part of
 *     their path (letters, digits and {@code -} only); empty if none is asked for
 * @param bookmarkInterval how often a watch that asked for it is told how far it is
 * @param watchTimeout how long a watch lasts that does not say
 * @param stallTimeout how long a watcher may take to accept what it is sent before it is cut off
 * @param faults what goes wrong on purpose
 * @param witness who looks on
 */
public record ServerOptions(
    String bearerToken,
    Duration bookmarkInterval,
    Duration watchTimeout,
    Duration stallTimeout,
    FaultPlan faults,
    RequestWitness witness) {
  /** As a real server: bookmarks each minute, watches of half an hour, no token. */
  public static final ServerOptions STANDARD =
      new ServerOptions(
          "",
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          Duration.ofSeconds(30),
          FaultPlan.NONE,
          RequestWitness.NONE);

  /** These options with a token that requests must carry. */
  public ServerOptions withBearerToken(String token) {
    return new ServerOptions(token, bookmarkInterval, watchTimeout, stallTimeout, faults, witness);
  }

  /** These options with another interval of bookmarks. */
  public ServerOptions withBookmarkInterval(Duration interval) {
    return new ServerOptions(bearerToken, interval, watchTimeout, stallTimeout, faults, witness);
  }

  /** These options with things that go wrong. */
  public ServerOptions withFaults(FaultPlan plan) {
    return new ServerOptions(
        bearerToken, bookmarkInterval, watchTimeout, stallTimeout, plan, witness);
  }

  /** These options with somebody who looks on. */
  public ServerOptions withWitness(RequestWitness who) {
    return new ServerOptions(
        bearerToken, bookmarkInterval, watchTimeout, stallTimeout, faults, who);
  }
}
