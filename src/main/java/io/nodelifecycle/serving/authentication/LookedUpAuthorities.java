package io.nodelifecycle.serving.authentication;

import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.serving.review.ClusterAuthorities;
import io.nodelifecycle.serving.review.ReviewException;
import io.nodelifecycle.serving.review.ReviewGate;
import io.nodelifecycle.serving.review.ReviewLog;
import io.nodelifecycle.serving.tls.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.LoggerFactory;

/**
 * The authorities that the cluster names, asked for when a client certificate is to be judged: once
 * a minute at most, and after a failure once in ten seconds. What was known stays known when it
 * cannot be asked. Thread-safe.
 */
public final class LookedUpAuthorities {
  static final Duration KNOWN_FOR = Duration.ofMinutes(1);
  static final Duration RETRIED_AFTER = Duration.ofSeconds(10);

  private final ClusterAuthorities cluster;
  private final ReviewGate gate;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<TrustedAuthorities> known = Optional.empty();
  private Instant nextLook = Instant.MIN;
  private final ReviewLog log;

  /** Nothing is asked yet. */
  public LookedUpAuthorities(ClusterAuthorities cluster, ReviewGate gate, TimeSource time) {
    this.cluster = cluster;
    this.gate = gate;
    this.time = time;
    this.log = new ReviewLog(LoggerFactory.getLogger(LookedUpAuthorities.class), time);
  }

  /** The authorities, of which there may be none; empty if it could never be found out. */
  Optional<TrustedAuthorities> current() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!time.now().isBefore(nextLook)) {
        look();
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private void look() throws InterruptedException {
    nextLook = time.now().plus(RETRIED_AFTER);
    try {
      var pem = gate.passKnown(cluster::pem);
      known = Optional.of(parsed(pem));
      nextLook = time.now().plus(KNOWN_FOR);
    } catch (CertificateException _) {
      fail("ConfigMap kube-system/extension-apiserver-authentication holds no certificates");
    } catch (ReviewException e) {
      fail(e.getMessage());
    } catch (ReviewGate.CrowdedException _) {
      nextLook = Instant.MIN;
    }
  }

  private static TrustedAuthorities parsed(String pem) throws CertificateException {
    return new TrustedAuthorities(
        pem.isBlank() ? List.of() : Certificates.parse(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private void fail(String reason) {
    log.unanswered("which authorities sign client certificates could not be looked up", reason);
  }
}
