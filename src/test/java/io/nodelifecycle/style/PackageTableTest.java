package io.nodelifecycle.style;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackageTableTest {
  @ParameterizedTest
  @CsvSource({
    "'', kubernetes, true",
    "'', simulate, true",
    "config, core.zone, true",
    "config, runtime, false",
    "observe, runtime, true",
    "observe, kubernetes, false",
    "observe, '', false",
    "kubernetes, core.model, true",
    "kubernetes, observe, false",
    "kubernetes, sandbox, false",
    "kubernetes, serving.review, true",
    "kubernetes.review, serving.review, true",
    "kubernetes, serving, false",
    "kubernetes, serving.tls, false",
    "serving, runtime, true",
    "serving.tls, serving.review, true",
    "serving, kubernetes, false",
    "serving, config, false",
    "runtime, core, true",
    "runtime, kubernetes, false",
    "core, core.zone, true",
    "core, core.model, true",
    "core, runtime, false",
    "core, '', false",
    "core.model, core, false",
    "core.model, core.model, true",
    "core.model, core.taint, false",
    "core.zone, core.schedule, true",
    "core.zone, core.eviction, false",
    "core.eviction, core.model, true",
    "core.eviction, core.schedule, false",
    "core.foreign, core.taint, true",
    "core.foreign, core, false",
    "runtime.dryrun, runtime, true",
    "runtime, runtime.dryrun, true",
    "observe, runtime.dryrun, true",
    "core.schedule, core.model, false",
    "core.schedule, core.schedule.queue, true",
    "sandbox, sandbox.http, true",
    "sandbox.http, sandbox, true",
    "sandbox.http, kubernetes, true",
    "sandbox, '', true",
    "sandbox.http, simulate, false",
    "simulate, sandbox.http, true",
    "unknown, core, false",
    "core, corex, false",
    "runtime, core.model, true"
  })
  void saysWhoMayUseWhom(String from, String to, boolean allowed) {
    assertThat(PackageTable.allows(qualified(from), qualified(to))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"'', true", "core, true", "sandbox.http, true", "unknown, false", "corex, false"})
  void knowsItsPackages(String name, boolean known) {
    assertThat(PackageTable.knows(qualified(name))).isEqualTo(known);
  }

  private static String qualified(String name) {
    return name.isEmpty() ? PackageTable.BASE : PackageTable.BASE + "." + name;
  }
}
