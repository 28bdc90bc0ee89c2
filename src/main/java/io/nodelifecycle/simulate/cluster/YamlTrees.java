package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.sandbox.resource.Json;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads YAML documents as trees of JSON. */
final class YamlTrees {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private YamlTrees() {}

  /** All documents up to the first that is wrong, which is then a problem with its line. */
  static List<JsonNode> read(InputStream stream, Consumer<String> problem) {
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setAllowDuplicateKeys(false)
            .build();
    var documents = new ArrayList<JsonNode>();
    try {
      for (var document : new Load(settings).loadAllFromInputStream(stream)) {
        documents.add(tree(document));
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      problem.accept("line " + line + ": is not YAML: " + Quoted.plain(e.getProblem()));
    } catch (YamlEngineException | StackOverflowError e) {
      problem.accept("is not YAML: " + Quoted.plain(String.valueOf(e.getMessage())));
    }
    return documents;
  }

  private static JsonNode tree(Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case Map<?, ?> map -> {
        var object = Json.object();
        map.forEach((key, each) -> object.set(String.valueOf(key), tree(each)));
        yield object;
      }
      case Iterable<?> list -> {
        var array = NODES.arrayNode();
        list.forEach(each -> array.add(tree(each)));
        yield array;
      }
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case BigInteger number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      default -> NODES.stringNode(String.valueOf(value));
    };
  }
}
