package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.TextFile;
import dev.plumbline.yaml.Where;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files under {@code definitions/} of a project. Symbolic links in it are not followed: what
 * they lead to is not in this folder's history, or is read already.
 */
final class DefinitionFiles extends SimpleFileVisitor<Path> {
  static final String FOLDER = "definitions";
  private static final int MOST_FILES = 10_000;
  private static final long MOST_BYTES = 64 << 20;

  private final Path folder;
  private final Problems problems;
  private final SortedMap<String, String> texts = new TreeMap<>();
  private long bytes;

  private DefinitionFiles(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /**
   * The texts of all files by their names relative to the project.
   *
   * @throws NotFoundException if there is no such folder
   */
  static SortedMap<String, String> read(Path project, Problems problems) {
    Path folder = project.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      throw new NotFoundException(
          "%s: there is no such folder (expected: definitions of features, in files *.yaml); run in a project or name one with --project"
              .formatted(folder));
    }
    try {
      Path real = folder.toRealPath();
      DefinitionFiles files = new DefinitionFiles(real, problems);
      Files.walkFileTree(real, files);
      return files.texts;
    } catch (IOException e) {
      throw new UnavailableException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String name = name(file);
    if (attributes.isSymbolicLink()) {
      rejectLink(file, name);
    } else if (name.endsWith(".yml")) {
      problems.add(
          start(name),
          ProblemCode.WRONG_FILE_NAME
              .found("ends in .yml, so it would be passed over")
              .expected(".yaml")
              .remedy("rename it"));
    } else if (name.endsWith(".yaml")) {
      bytes += attributes.size();
      if (texts.size() == MOST_FILES || bytes > MOST_BYTES) {
        problems.add(start(FOLDER), tooMuch());
        texts.clear();
        return FileVisitResult.TERMINATE;
      }
      TextFile.read(file, name, problems).ifPresent(text -> texts.put(name, text));
    }
    return FileVisitResult.CONTINUE;
  }

  private void rejectLink(Path file, String name) {
    if (name.endsWith(".yaml") || name.endsWith(".yml") || Files.isDirectory(file)) {
      problems.add(
          start(name),
          ProblemCode.SYMBOLIC_LINK
              .found("is a symbolic link")
              .expected("a file or folder of its own")
              .remedy("put a copy in its place, or remove it"));
    }
  }

  private Complaint tooMuch() {
    return texts.size() == MOST_FILES
        ? ProblemCode.TOO_MANY_FILES
            .found("more files than are read")
            .expected("at most %,d files", MOST_FILES)
            .remedy("put several documents into one file, or make several projects of it")
        : ProblemCode.FILE_TOO_LARGE
            .found("more text than is read")
            .expected("at most %,d bytes in all", MOST_BYTES)
            .remedy("make several projects of it");
  }

  private String name(Path file) {
    return FOLDER + "/" + folder.relativize(file).toString().replace('\\', '/');
  }

  private static Where start(String file) {
    return new Where(file, 1, 1);
  }
}
