package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.config.value.Parsed;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SettingRegistryTest {

  /** Gives the defaults and remembers what was asked for. */
  private static final class Recorder implements SettingReader {
    private final SettingValues defaults = new SettingValues(List.of());
    private final Set<String> names = new HashSet<>();
    private final Set<FeatureGate> gates = new HashSet<>();

    @Override
    public <T> T get(Setting<T> setting) {
      names.add(setting.name());
      return defaults.get(setting);
    }

    @Override
    public <T> List<T> all(Setting<T> setting) {
      names.add(setting.name());
      return defaults.all(setting);
    }

    @Override
    public boolean isOn(FeatureGate gate) {
      names.add(SettingRegistry.FEATURE_GATES.name());
      gates.add(gate);
      return defaults.isOn(gate);
    }
  }

  @Test
  void everySettingIsRead() {
    var recorder = new Recorder();

    new AccessSearch(recorder, new StartEnvironment(Map.of(), new MemoryFiles())).find();
    Settings.from(recorder, new ClusterAccess.Anonymous(URI.create("http://a")));

    assertThat(recorder.names)
        .containsExactlyInAnyOrderElementsOf(
            SettingRegistry.all().stream()
                .filter(setting -> !setting.isOnlyFlag())
                .map(Setting::name)
                .toList());
    assertThat(recorder.gates).containsExactlyInAnyOrder(FeatureGate.values());
  }

  static List<Setting<?>> settings() {
    return SettingRegistry.all();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingSaysWhatItIs(Setting<?> setting) {
    assertThat(setting.name()).matches("v|[a-z][a-z0-9]*(-[a-z0-9]+)*");
    assertThat(setting.help()).matches("[A-Z$].*\\.");
    assertThat(setting.type().values()).isNotBlank();
    assertThat(setting.type().placeholder()).isNotBlank();
    assertThat(SettingRegistry.of(setting.group())).contains(setting);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everyDefaultIsReadAndWrittenBackAsItStands(Setting<?> setting) {
    assertThat(writtenBack(setting)).isEqualTo(setting.defaultText());
  }

  private static <T> String writtenBack(Setting<T> setting) {
    var texts =
        setting.elements(setting.defaultText()).stream()
            .map(text ->
                switch (setting.type().parse(text)) {
                  case Parsed.Good<T>(var value) -> setting.type().format(value);
                  case Parsed.Bad<T>(var what, _) -> what;
                })
            .toList();
    return String.join(",", texts);
  }

  @Test
  void noTwoSettingsShareASpelling() {
    var spellings =
        SettingRegistry.all().stream().flatMap(setting -> setting.flags().stream()).toList();

    assertThat(spellings).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void everyGateSaysWhatItIs(FeatureGate gate) {
    assertThat(gate.help()).matches("[A-Za-z].*\\.");
    assertThat(gate.text()).matches("[A-Z][A-Za-z]+");
  }

  @ParameterizedTest
  @EnumSource
  void everyGroupHasSettings(SettingGroup group) {
    assertThat(SettingRegistry.of(group)).isNotEmpty();
  }
}
