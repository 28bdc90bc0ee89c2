package io.nodelifecycle.distribution;

import io.nodelifecycle.testing.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * An image as {@code docker save} writes it, taken apart.
 *
 * @param manifest the layers, and where the configuration is
 * @param configuration how it is to be run
 * @param folder where it lies, its root folder in {@code root}
 */
record ContainerImage(JsonNode manifest, JsonNode configuration, Path folder) {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  /** Makes the root folder what it has to be and becomes the user; everything else is an option. */
  private static final String CONTAIN =
      """
      set -e
      root=$1 user=$2
      shift 2
      mount --bind "$root" "$root"
      mount --bind /dev "$root/dev"
      mount -t proc proc "$root/proc"
      mount -o remount,bind,ro "$root"
      exec chroot --userspec="$user" "$root" "$@"
      """;

  /** Takes the image that the build made apart in a folder. */
  static ContainerImage unpack(Path folder) {
    try {
      var layout = Files.createDirectory(folder.resolve("layout"));
      var root = Files.createDirectory(folder.resolve("root"));
      Unpacked.archive(folder, Unpacked.file("nlc.image"), layout);
      var manifest = json(layout.resolve("manifest.json")).get(0);
      for (var layer : manifest.at("/Layers")) {
        Unpacked.archive(folder, layout.resolve(layer.asString()), root);
      }
      var configuration = json(layout.resolve(manifest.at("/Config").asString()));
      return new ContainerImage(manifest, configuration, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take the image apart in " + folder, e);
    }
  }

  /** The folder that its processes see as the root. */
  Path root() {
    return folder.resolve("root");
  }

  /** The command that it is started with. */
  List<String> entryPoint() {
    var words = new ArrayList<String>();
    configuration.at("/config/Entrypoint").forEach(word -> words.add(word.asString()));
    return words;
  }

  /** Gives it what a container has besides the image, and a C library if it has no base. */
  ContainerImage prepare() {
    try {
      if (Files.notExists(root().resolve("dev")) && Files.notExists(root().resolve("etc"))) {
        copyLibraries();
      }
      Files.createDirectories(root().resolve("dev"));
      Files.createDirectories(root().resolve("proc"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot complete " + folder, e);
    }
  }

  private void copyLibraries() throws IOException {
    var jvm = root().resolve("app/runtime/lib/server/libjvm.so").toString();
    var libraries = LIBRARY.matcher(Unpacked.run(folder, "ldd", jvm));
    while (libraries.find()) {
      var library = Path.of(libraries.group(1));
      var copy = root().resolve(library.toString().substring(1));
      Files.createDirectories(copy.getParent());
      Files.copy(library, copy);
    }
  }

  /**
   * Its entry point with these arguments, and these JVM options if any, as its user, in its root
   * folder, which is read-only.
   */
  List<String> command(String javaOptions, String... arguments) {
    var user = configuration.at("/config/User").asString();
    var variables = new ArrayList<>(List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
    configuration.at("/config/Env").forEach(variable -> variables.add(variable.asString()));
    if (!javaOptions.isEmpty()) {
      variables.add("JDK_JAVA_OPTIONS=" + javaOptions);
    }
    var command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
    command.addAll(
        Unpacked.inEnvironment(variables, "sh", "-c", CONTAIN, "contain", root().toString(), user));
    command.addAll(entryPoint());
    command.addAll(List.of(arguments));
    return command;
  }

  private static JsonNode json(Path file) throws IOException {
    return ApiClient.json(Files.readString(file));
  }
}
