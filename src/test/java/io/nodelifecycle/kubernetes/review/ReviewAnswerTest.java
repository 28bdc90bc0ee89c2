package io.nodelifecycle.kubernetes.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.serving.review.AccessVerdict;
import io.nodelifecycle.serving.review.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReviewAnswerTest {
  private static ReviewAnswer answer(String status) {
    var text = "{\"spec\": {\"token\": \"t\"}, \"status\": " + status + ", \"kind\": \"K\"}";
    var json = JsonCursor.over(text.getBytes(StandardCharsets.UTF_8));
    json.nextDocument();
    var answer = new ReviewAnswer();
    answer.read(json);
    return answer;
  }

  @Test
  void readsWhoItIs() {
    assertThat(
            answer(
                    """
                    {"authenticated": true, "audiences": ["a"],
                     "user": {"username": "ada", "uid": "7", "groups": ["x", "y"],
                              "extra": {"k": ["1", "2"]}}}
                    """)
                .caller())
        .hasValue(new Caller("ada", "7", List.of("x", "y"), Map.of("k", List.of("1", "2"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "[]",
        "{\"authenticated\": false, \"user\": {\"username\": \"ada\"}}",
        "{\"authenticated\": \"true\", \"user\": {\"username\": \"ada\"}}",
        "{\"authenticated\": 1, \"user\": {\"username\": \"ada\"}}",
        "{\"authenticated\": true}",
        "{\"authenticated\": true, \"user\": {\"username\": \"\"}}",
        "{\"authenticated\": true, \"user\": [\"ada\"]}",
        "{\"user\": {\"username\": \"ada\", \"authenticated\": true}}"
      })
  void whatIsOddIsNobody(String status) {
    assertThat(answer(status).caller()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"allowed\": true}`, true, ``",
        "`{\"allowed\": true, \"reason\": \"r\"}`, true, r",
        "`{\"allowed\": true, \"denied\": true}`, false, ``",
        "`{\"allowed\": false, \"reason\": \"no\"}`, false, no",
        "`{\"allowed\": \"true\"}`, false, ``",
        "`{\"allowed\": 1}`, false, ``",
        "`{}`, false, ``",
        "`null`, false, ``"
      })
  void onlyTrueIsAllowed(String status, boolean isAllowed, String reason) {
    assertThat(answer(status).access()).isEqualTo(new AccessVerdict(isAllowed, reason));
  }
}
