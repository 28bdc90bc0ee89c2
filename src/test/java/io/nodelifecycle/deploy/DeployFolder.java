package io.nodelifecycle.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of the folder {@code deploy}, beside which a test writes kustomizations of its own. */
final class DeployFolder {
  /** Every folder that can be applied by itself. */
  static final List<String> APPLIED =
      List.of("base", "overlays/ha", "overlays/single", "overlays/dry-run");

  private static final Path ORIGINAL = Path.of("deploy");

  private final Path root;

  private DeployFolder(Path root) {
    this.root = root;
  }

  /** Copies it into an empty folder. */
  static DeployFolder copyTo(Path root) {
    try (var files = Files.walk(ORIGINAL)) {
      for (var file : files.toList()) {
        Files.copy(file, root.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + ORIGINAL, e);
    }
    return new DeployFolder(root);
  }

  /**
   * Writes a kustomization.
   *
   * @param applied one of {@link #APPLIED}
   * @param components names of folders in {@code deploy/components}
   * @param more further lines
   * @return its folder
   */
  String kustomization(String applied, List<String> components, String more) {
    var text = new StringBuilder();
    text.append("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
    text.append("resources: [../deploy/").append(applied).append("]\n");
    var paths = components.stream().map(name -> "../deploy/components/" + name).toList();
    text.append("components: [").append(String.join(", ", paths)).append("]\n").append(more);
    try {
      var folder = Files.createTempDirectory(root, applied.replace('/', '-') + "-");
      Files.writeString(folder.resolve("kustomization.yaml"), text);
      return folder.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a kustomization", e);
    }
  }
}
