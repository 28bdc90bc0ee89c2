package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One object of a YAML file, as it is written there. */
public record Manifest(JsonNode object) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** All objects in the YAML files of a folder; its kustomization is not one of them. */
  public static List<Manifest> in(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .flatMap(file -> parse(read(file)).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /** All objects of a YAML text. */
  public static List<Manifest> parse(String yaml) {
    var documents = new Load(LoadSettings.builder().build()).loadAllFromString(yaml);
    return StreamSupport.stream(documents.spliterator(), false)
        .map(document -> new Manifest(JSON.valueToTree(document)))
        .toList();
  }

  /** Its kind. */
  public String kind() {
    return object.path("kind").asString();
  }

  /** Its name. */
  public String name() {
    return object.at("/metadata/name").asString();
  }

  /** Its namespace; empty where it says none. */
  public String namespace() {
    return object.at("/metadata/namespace").asString("");
  }

  /** The path of its collection in the API; the plural of its kind must be a plain one. */
  public String collection() {
    var version = object.path("apiVersion").asString();
    var root = version.contains("/") ? "/apis/" : "/api/";
    var scope = namespace().isEmpty() ? "/" : "/namespaces/" + namespace() + "/";
    return root + version + scope + plural();
  }

  private String plural() {
    var kind = kind().toLowerCase(Locale.ROOT);
    return kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
