package io.nodelifecycle.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files of this machine; a file longer than a mebibyte is not a config file. */
final class DiskFiles implements FileSource {
  private static final int BYTES_MAX = 1024 * 1024;

  @Override
  public Optional<String> obstacle(Path file) {
    if (!Files.exists(file)) {
      return Optional.of("does not exist");
    }
    if (Files.isDirectory(file)) {
      return Optional.of("is a folder");
    }
    return Files.isReadable(file) ? Optional.empty() : Optional.of("may not be read by this user");
  }

  @Override
  public String read(Path file) throws IOException {
    byte[] bytes;
    try (var stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(BYTES_MAX + 1);
    }
    if (bytes.length > BYTES_MAX) {
      throw new IOException("is longer than " + BYTES_MAX + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new IOException("is not UTF-8 text");
    }
  }
}
