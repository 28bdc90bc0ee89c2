package io.nodelifecycle.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files, so that settings can be read without a disk. */
public interface FileSource {

  /** Why {@code file} cannot be read, to be read after its name; empty where it can. */
  Optional<String> obstacle(Path file);

  /**
   * The whole of a UTF-8 text file.
   *
   * @throws IOException where there is an obstacle, the text is not UTF-8, or it is unreasonably
   *     long
   */
  String read(Path file) throws IOException;

  /** The files of this machine. */
  static FileSource disk() {
    return new DiskFiles();
  }
}
