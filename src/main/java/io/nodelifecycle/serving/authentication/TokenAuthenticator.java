package io.nodelifecycle.serving.authentication;

import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.serving.review.Caller;
import io.nodelifecycle.serving.review.RememberedReviews;
import io.nodelifecycle.serving.review.ReviewException;
import io.nodelifecycle.serving.review.ReviewGate;
import io.nodelifecycle.serving.review.ReviewLog;
import io.nodelifecycle.serving.review.TokenReviews;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.LoggerFactory;

/** Finds out whom a bearer token belongs to. Thread-safe. */
public final class TokenAuthenticator {
  private static final String HASH = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final TokenReviews reviews;
  private final RememberedReviews<String, Optional<Caller>> answers;
  private final SecretKeySpec hashKey;
  private final ReviewLog log;

  /**
   * One that knows nobody yet.
   *
   * @param cacheTime how long an answer is remembered, good or bad; zero: not at all
   */
  public TokenAuthenticator(
      TokenReviews reviews, ReviewGate gate, Duration cacheTime, TimeSource time) {
    this.reviews = reviews;
    this.answers =
        new RememberedReviews<>(gate, _ -> cacheTime, (_, caller) -> caller.isPresent(), time);
    this.log = new ReviewLog(LoggerFactory.getLogger(TokenAuthenticator.class), time);
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    this.hashKey = new SecretKeySpec(key, HASH);
  }

  /**
   * Whom the token in the header belongs to.
   *
   * @param authorization the header of that name; empty if there is none
   */
  Identity authenticate(String authorization) throws InterruptedException {
    var token = tokenIn(authorization);
    if (token.isEmpty()) {
      return new Identity.Absent();
    }
    try {
      return answers
          .answer(hash(token), () -> reviews.review(token).map(Caller::recognized))
          .<Identity>map(Identity.Known::new)
          .orElseGet(() -> new Identity.Refused("the token is not valid"));
    } catch (ReviewGate.CrowdedException _) {
      return new Identity.Crowded();
    } catch (ReviewException e) {
      log.unanswered("a token could not be checked", e.getMessage());
      return new Identity.Refused("the token could not be checked");
    }
  }

  /** The token of a header such as {@code Bearer abc}; empty if it holds none. */
  static String tokenIn(String authorization) {
    var parts = authorization.strip().split(" ", 3);
    var isBearer = parts.length > 1 && parts[0].toLowerCase(Locale.ROOT).equals("bearer");
    return isBearer ? parts[1] : "";
  }

  private String hash(String token) {
    try {
      var mac = Mac.getInstance(HASH);
      mac.init(hashKey);
      return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + HASH, e);
    }
  }
}
