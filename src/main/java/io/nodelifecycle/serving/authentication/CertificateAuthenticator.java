package io.nodelifecycle.serving.authentication;

import io.nodelifecycle.runtime.TimeSource;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out whom a client certificate stands for. Thread-safe. */
public final class CertificateAuthenticator {
  private static final Identity ABSENT = new Identity.Absent();

  private final Optional<Supplier<List<X509Certificate>>> configured;
  private final Optional<LookedUpAuthorities> lookedUp;
  private final boolean isFailureTolerated;
  private final TimeSource time;

  /**
   * One that believes these authorities.
   *
   * @param configured those that were named at start, if any
   * @param lookedUp those that the cluster names; empty if they are not to be looked up
   * @param isFailureTolerated where looking them up fails, certificates do not count rather than
   *     being refused
   */
  public CertificateAuthenticator(
      Optional<Supplier<List<X509Certificate>>> configured,
      Optional<LookedUpAuthorities> lookedUp,
      boolean isFailureTolerated,
      TimeSource time) {
    this.configured = configured;
    this.lookedUp = lookedUp;
    this.isFailureTolerated = isFailureTolerated;
    this.time = time;
  }

  /**
   * Whom the certificate stands for.
   *
   * @param chain what the client has sent; its first certificate's key is the client's
   */
  Identity authenticate(List<X509Certificate> chain) throws InterruptedException {
    if (chain.isEmpty()) {
      return ABSENT;
    }
    var wallClock = time.wallClock();
    var isJudged = false;
    if (configured.isPresent()) {
      var caller = new TrustedAuthorities(configured.get().get()).caller(chain, wallClock);
      if (caller.isPresent()) {
        return new Identity.Known(caller.get());
      }
      isJudged = true;
    }
    if (lookedUp.isPresent()) {
      var authorities = lookedUp.get().current();
      if (authorities.isEmpty() && !isFailureTolerated) {
        return new Identity.Refused("who signs client certificates could not be looked up");
      }
      var caller = authorities.flatMap(each -> each.caller(chain, wallClock));
      if (caller.isPresent()) {
        return new Identity.Known(caller.get());
      }
      isJudged |= authorities.isPresent() && !authorities.get().isEmpty();
    }
    return isJudged ? new Identity.Refused("the client certificate is not valid") : ABSENT;
  }
}
