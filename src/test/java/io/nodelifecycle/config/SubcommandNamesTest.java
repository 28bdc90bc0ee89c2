package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SubcommandNamesTest {
  private final SubcommandNames names = new SubcommandNames(List.of("sandbox", "simulate"));

  @Test
  void findsTheCommandInTheFirstWordOnly() {
    assertThat(names.calledBy(List.of("simulate", "--x"))).contains("simulate");
    assertThat(names.calledBy(List.of("--x", "simulate"))).isEmpty();
    assertThat(names.calledBy(List.of("simulat"))).isEmpty();
    assertThat(names.calledBy(List.of())).isEmpty();
  }

  @Test
  void suggestsWhatWasMeant() {
    assertThat(names.refuse("simulat").text())
        .isEqualTo(
            "\"simulat\": is no known command (did you mean simulate?);"
                + " begin with a flag (--help lists them), or one of: sandbox, simulate");
    assertThat(new SubcommandNames(List.of()).refuse("run").text())
        .isEqualTo("\"run\": is no known command; begin with a flag (--help lists them)");
  }
}
