package io.nodelifecycle.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Files that exist only here. */
final class MemoryFiles implements FileSource {
  private final Map<Path, String> texts = new HashMap<>();

  MemoryFiles with(String path, String text) {
    texts.put(Path.of(path), text);
    return this;
  }

  @Override
  public Optional<String> obstacle(Path file) {
    return texts.containsKey(file) ? Optional.empty() : Optional.of("does not exist");
  }

  @Override
  public String read(Path file) throws IOException {
    var text = texts.get(file);
    if (text == null) {
      throw new IOException("does not exist");
    }
    return text;
  }
}
