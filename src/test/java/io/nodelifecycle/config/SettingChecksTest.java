package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingChecksTest {

  @ParameterizedTest(name = "grace {0}, period {1}: {2} warnings")
  @CsvSource({
    "45s, 5s, 0",
    "44.999999999s, 5s, 1",
    "46s, 23s, 0",
    "46s, 23.000000001s, 1",
    "44s, 22.5s, 2",
    "50s, 25s, 0",
  })
  void warnsAboutShortGracePeriods(String grace, String period, int warnings) {
    assertThat(
            CommandLines.warnings(
                "--node-monitor-grace-period=" + grace, "--node-monitor-period=" + period))
        .hasSize(warnings);
  }

  @Test
  void saysWhyAGracePeriodIsShort() {
    assertThat(
            CommandLines.warnings("--node-monitor-grace-period=40s", "--node-monitor-period=21s"))
        .containsExactly(
            "--node-monitor-grace-period=40s: is less than twice node-monitor-period (21s);"
                + " a single late look at the nodes makes healthy ones silent:"
                + " give at least 42s",
            "--node-monitor-grace-period=40s: is under 45s; a kubelet or API server notices a"
                + " dead connection (HTTP/2 ping, etcd keepalive) only after up to 45 s, and"
                + " healthy nodes seem silent until then: give 50s");
  }

  @Test
  void warnsAboutAMonitorPeriodThatMakesTheDefaultShort() {
    assertThat(CommandLines.warnings("--node-monitor-period=26s"))
        .containsExactly(
            "--node-monitor-grace-period (default 50s): is less than twice node-monitor-period"
                + " (26s); a single late look at the nodes makes healthy ones silent:"
                + " give at least 52s");
  }

  @Test
  void warnsAboutSettingsWithoutEffect() {
    assertThat(CommandLines.warnings()).isEmpty();
    assertThat(
            CommandLines.warnings(
                "--pod-eviction-timeout=5m",
                "--leader-elect-retry-period=1s",
                "--leader-elect-resource-name=a",
                "--bind-address=::"))
        .containsExactly(
            "--pod-eviction-timeout=5m: has no effect with taint based evictions;"
                + " leave it out; tolerationSeconds of the pods decide",
            "--leader-elect-retry-period, --leader-elect-resource-name:"
                + " have no effect with --leader-elect=false; leave them out",
            "--bind-address: have no effect with --secure-port=0; leave them out");
  }

  @Test
  void warnsNotAboutSettingsThatHaveAnEffect() {
    assertThat(
            CommandLines.warnings(
                "--leader-elect=true",
                "--secure-port=10290",
                "--leader-elect-retry-period=1s",
                "--bind-address=::"))
        .isEmpty();
  }

  @ParameterizedTest(name = "lease {0}, deadline {1}, retry {2}: {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        "10.000000001s, 10s, 2s, -",
        "10s, 10s, 2s, '--leader-elect-lease-duration=10s:"
            + " must be greater than leader-elect-renew-deadline (10s)'",
        "9s, 10s, 2s, '--leader-elect-lease-duration=9s:"
            + " must be greater than leader-elect-renew-deadline (10s)'",
        "15s, 2.400000001s, 2s, -",
        "15s, 2.4s, 2s, '--leader-elect-renew-deadline=2.4s:"
            + " must be greater than 1.2 x leader-elect-retry-period (2s)'",
        "15s, 2.3s, 2s, '--leader-elect-renew-deadline=2.3s:"
            + " must be greater than 1.2 x leader-elect-retry-period (2s)'",
      })
  void ordersTheTimesOfTheElection(String lease, String deadline, String retry, String problem) {
    var problems =
        CommandLines.problems(
            "--leader-elect-lease-duration=" + lease,
            "--leader-elect-renew-deadline=" + deadline,
            "--leader-elect-retry-period=" + retry);

    if (problem == null) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).containsExactly(problem + "; raise the one or lower the other");
    }
  }

  @Test
  void judgesNothingByAValueThatWasRefused() {
    assertThat(
            CommandLines.problems(
                "--leader-elect-lease-duration=1s", "--leader-elect-renew-deadline=x"))
        .containsExactly(
            "--leader-elect-renew-deadline=x: is not a duration;"
                + " give a duration such as 5s, 1m30s or 100ms");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "--tls-cert-file=a," + " '--tls-cert-file=a: has no key; give --tls-private-key-file=FILE too'",
    "--tls-private-key-file=a,"
        + " '--tls-private-key-file=a: has no certificate; give --tls-cert-file=FILE too'",
    "'--controllers=-nodelifecycle,-taint-eviction-controller',"
        + " '--controllers=-node-lifecycle-controller,-taint-eviction-controller: switches every"
        + " controller off (flag); leave one on: *, or node-lifecycle-controller or"
        + " taint-eviction-controller'",
    "--controllers=,"
        + " '--controllers=: switches every controller off (flag); leave one on: *, or"
        + " node-lifecycle-controller or taint-eviction-controller'",
  })
  void refusesWhatCannotWork(String flag, String problem) {
    assertThat(CommandLines.problems(flag)).containsExactly(problem);
  }

  @Test
  void refusesToSwitchTheOnlyControllerOff() {
    assertThat(
            CommandLines.problems("--controllers=*,-nodelifecycle", "--enable-taint-manager=false"))
        .containsExactly(
            "--enable-taint-manager=false: switches the only controller off that --controllers"
                + " leaves on; give --enable-taint-manager=true, or switch"
                + " node-lifecycle-controller on");
  }

  @Test
  void acceptsTheOlderModes() {
    assertThat(
            CommandLines.problems(
                "--feature-gates=TaintBasedEvictions=false",
                "--enable-taint-manager=false",
                "--pod-eviction-timeout=1m",
                "--tls-cert-file=a",
                "--tls-private-key-file=b"))
        .isEmpty();
    assertThat(CommandLines.warnings("--enable-taint-manager=false", "--pod-eviction-timeout=1m"))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "--controllers=-nodelifecycle;*, TaintBasedEvictions, without node-lifecycle-controller",
    "--controllers=-nodelifecycle;*, TaintNodesByCondition, without node-lifecycle-controller",
    "--enable-taint-manager=false, TaintBasedEvictions, with --enable-taint-manager=false",
    "--enable-taint-manager=false, PodDisruptionConditions, where no pod is evicted for a taint",
    "--controllers=nodelifecycle, TolerationSecondsFromTaint, where no pod is evicted for a taint",
    "--controllers=nodelifecycle, TaintTolerationComparisonOperators,"
        + " where no pod is evicted for a taint",
  })
  void warnsAboutGatesWithoutEffect(String flag, String gate, String where) {
    assertThat(CommandLines.warnings(flag.replace(';', ','), "--feature-gates=" + gate + "=true"))
        .containsExactly(
            "--feature-gates=" + gate + "=true: has no effect " + where + "; leave it out");
    assertThat(CommandLines.warnings("--feature-gates=" + gate + "=true")).isEmpty();
  }

  @Test
  void warnsAboutRatesWhereNodesAreNotWatched() {
    assertThat(CommandLines.warnings("--controllers=*,-nodelifecycle", "--node-eviction-rate=1"))
        .containsExactly(
            "--node-eviction-rate: have no effect without node-lifecycle-controller;"
                + " leave them out");
  }
}
