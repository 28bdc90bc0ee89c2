package io.nodelifecycle.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuotedTest {

  @Test
  void keepsTextOnOneLine() {
    assertThat(Quoted.of("a\nb\tc\rd\u001b[31m\u202ee"))
        .isEqualTo("\"a\\nb\\tc\\rd\\u001b[31m\\u202ee\"");
  }

  @Test
  void cutsLongTextBetweenCharacters() {
    assertThat(Quoted.plain("\ud83d\ude00".repeat(120))).isEqualTo("\ud83d\ude00".repeat(120));
    assertThat(Quoted.plain("\ud83d\ude00".repeat(121)))
        .isEqualTo("\ud83d\ude00".repeat(120) + "...");
  }

  @Test
  void hidesCredentialsInAddresses() {
    assertThat(Quoted.plain("https://me:secret@host/path@x")).isEqualTo("https://***@host/path@x");
  }
}
