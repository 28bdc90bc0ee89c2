package io.nodelifecycle.serving.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ContactTest {
  private static final Instant START = Instant.parse("2024-05-06T07:00:00Z");

  @Test
  void aLongGapBeginsAnew() {
    var contact = Contact.first(START).heard(START.plusSeconds(90)).heard(START.plusSeconds(180));
    assertThat(contact).isEqualTo(new Contact(START.plusSeconds(180), START));
    assertThat(contact.heard(START.plusSeconds(271)))
        .isEqualTo(new Contact(START.plusSeconds(271), START.plusSeconds(271)));
  }

  @Test
  void whatIsOlderIsKnownAlready() {
    var contact = new Contact(START.plusSeconds(100), START);
    assertThat(contact.heard(START.plusSeconds(99))).isEqualTo(contact);
    assertThat(contact.heard(START.plusSeconds(100))).isEqualTo(contact);
  }

  @Test
  void whoWasNotHeardForLongDoesNotAnswer() {
    var contact = new Contact(START, START.minusSeconds(7));
    assertThat(contact.answeringSince(START.plusSeconds(90))).hasValue(START.minusSeconds(7));
    assertThat(contact.answeringSince(START.plusSeconds(91))).isEmpty();
  }
}
