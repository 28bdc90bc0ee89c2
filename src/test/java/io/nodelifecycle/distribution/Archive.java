package io.nodelifecycle.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The unpacked archive on a machine without Java, as far as the program can see.
 *
 * @param home the folder above {@code bin}
 * @param path a folder with the only programs that can be found
 */
record Archive(Path home, Path path) {
  /** What the launcher itself needs. */
  private static final List<String> TOOLS = List.of("dirname", "readlink");

  /** Unpacks it into a folder with a blank in its name. */
  static Archive unpack(Path folder) {
    try {
      var place = Files.createDirectories(folder.resolve("a place"));
      Unpacked.archive(folder, Unpacked.file("nlc.archive"), place);
      var path = Files.createDirectory(folder.resolve("path"));
      for (var tool : TOOLS) {
        Files.createSymbolicLink(path.resolve(tool), Path.of("/usr/bin", tool));
      }
      try (var top = Files.list(place)) {
        return new Archive(top.findFirst().orElseThrow(), path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the archive into " + folder, e);
    }
  }

  /** The program with these arguments, and these JVM options if any. */
  List<String> command(String javaOptions, String... arguments) {
    var program = home.resolve("bin").resolve("node-lifecycle-controller");
    var variables = new ArrayList<>(List.of("PATH=" + path));
    if (!javaOptions.isEmpty()) {
      variables.add("NLC_JAVA_OPTS=" + javaOptions);
    }
    var command = new ArrayList<>(Unpacked.inEnvironment(variables, program.toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
