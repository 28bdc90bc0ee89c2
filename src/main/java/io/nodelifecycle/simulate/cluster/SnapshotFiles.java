package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.config.FileSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** Reads clusters from files that {@code kubectl get -o json} or {@code -o yaml} wrote. */
public final class SnapshotFiles {
  private static final int LOOK_AHEAD = 64 * 1024;

  private SnapshotFiles() {}

  /** The cluster that these files describe together. */
  public static ClusterOutcome read(List<Path> files) {
    var objects = new ArrayList<PlacedObject>();
    var problems = new ArrayList<String>();
    for (var file : files) {
      var obstacle = FileSource.disk().obstacle(file);
      if (obstacle.isPresent()) {
        problems.add(file + ": " + obstacle.get() + "; name a readable file of JSON or YAML");
        continue;
      }
      var reader = new DocumentReader(file.toString());
      try (var stream = new BufferedInputStream(Files.newInputStream(file), LOOK_AHEAD)) {
        read(stream, reader);
      } catch (IOException | JacksonException unreadable) {
        problems.add(file + ": cannot be read: " + unreadable.getMessage());
      }
      objects.addAll(reader.objects());
      problems.addAll(reader.problems());
    }
    var all = files.stream().map(Path::toString).collect(Collectors.joining(", "));
    return ClusterAssembly.of(objects, problems, all);
  }

  private static void read(InputStream stream, DocumentReader reader) throws IOException {
    if (isJson(stream)) {
      reader.readJson(stream);
    } else {
      reader.readYaml(stream);
    }
  }

  /** What begins with a brace or bracket is read as JSON, which is much faster than YAML. */
  private static boolean isJson(InputStream stream) throws IOException {
    stream.mark(LOOK_AHEAD);
    int first = stream.read();
    for (int i = 0; i < LOOK_AHEAD - 1 && first >= 0 && Character.isWhitespace(first); i++) {
      first = stream.read();
    }
    stream.reset();
    return first == '{' || first == '[';
  }
}
