package io.nodelifecycle.sandbox.yaml;

import io.nodelifecycle.config.value.Quoted;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A text of one YAML document. */
public final class YamlDocument {
  private YamlDocument() {}

  /**
   * Reads a document.
   *
   * @param file its name in problems
   * @param text its YAML
   * @param problems where problems are noted, now and when its values are read
   * @return its root; nothing, and a problem, where it has none
   */
  public static Optional<YamlField> root(String file, String text, List<YamlProblem> problems) {
    try {
      var settings = LoadSettings.builder().setLabel(file).build();
      var root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(new YamlProblem(file, 1, "", "is empty"));
      }
      return root.map(node -> new YamlField(file, "", node, problems));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      problems.add(new YamlProblem(file, line, "", "is not YAML: " + Quoted.plain(e.getProblem())));
    } catch (YamlEngineException | StackOverflowError e) {
      String why = Quoted.plain(String.valueOf(e.getMessage()));
      problems.add(new YamlProblem(file, 1, "", "is not YAML: " + why));
    }
    return Optional.empty();
  }
}
