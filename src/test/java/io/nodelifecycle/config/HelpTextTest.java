package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HelpTextTest {
  private final String text = HelpText.of(CommandLines.SUBCOMMANDS);

  @Test
  void namesEveryFlagOnce() {
    for (var setting : SettingRegistry.all()) {
      assertThat(text.lines().filter(line -> isHeading(line, setting)))
          .as(setting.flag())
          .hasSize(1);
    }
  }

  private static boolean isHeading(String line, Setting<?> setting) {
    return line.matches("  (-[a-z], )?" + setting.flag() + "(=.*)?");
  }

  @Test
  void groupsFlagsBySubjectWithUnitsAndDefaults() {
    assertThat(text)
        .contains(
            """

            Node health:
              --node-monitor-period=DURATION
                  How often the health of all nodes is judged at least. (duration such as
                  1m30s; default 5s)
            """,
            "  -h, --help\n",
            "  -v=NUMBER\n",
            "  --enable-taint-manager\n",
            "  TaintTolerationComparisonOperators=false\n",
            "node-lifecycle-controller sandbox [--help]\n");
  }

  @Test
  void fitsTerminals() {
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }
}
