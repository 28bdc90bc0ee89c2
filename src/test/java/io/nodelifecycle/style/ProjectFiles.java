package io.nodelifecycle.style;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the project, found from the folder the build runs in; paths are relative to it. */
final class ProjectFiles {
  private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".vscode", "target");
  private static final Set<String> TEXT =
      Set.of("java", "md", "xml", "yml", "yaml", "sh", "properties");

  private ProjectFiles() {}

  static List<Path> java() throws IOException {
    return endingIn(under(Path.of("src")), ".java");
  }

  static List<Path> markdown() throws IOException {
    return endingIn(under(Path.of("")), ".md");
  }

  /** Files that people write and read; recordings and other test material are not among them. */
  static List<Path> text() throws IOException {
    return under(Path.of("")).stream().filter(ProjectFiles::isText).toList();
  }

  /** Folders that hold Java source files. */
  static List<Path> javaFolders() throws IOException {
    return java().stream().map(Path::getParent).distinct().sorted().toList();
  }

  private static boolean isText(Path file) {
    var name = file.getFileName().toString();
    return TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static List<Path> endingIn(List<Path> files, String suffix) {
    return files.stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }

  private static List<Path> under(Path root) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(root, new Collector(found));
    return found.stream().sorted().toList();
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    Collector(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return NOT_OURS.contains(folder.getFileName().toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      found.add(file);
      return FileVisitResult.CONTINUE;
    }
  }
}
