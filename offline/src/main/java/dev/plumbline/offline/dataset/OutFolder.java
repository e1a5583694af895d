package dev.plumbline.offline.dataset;

import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder that somebody named for one dataset; it is there whole or not at all. */
record OutFolder(Path path) {
  /**
   * The folder at {@code path}.
   *
   * @throws ConflictException if there is something already
   */
  static OutFolder free(Path path) {
    OutFolder folder = new OutFolder(path.toAbsolutePath().normalize());
    folder.rejectContent();
    return folder;
  }

  private void rejectContent() {
    if (Files.exists(path) && !(Files.isDirectory(path) && isEmpty())) {
      throw new ConflictException(
          "%s is there already (expected: no such folder, or an empty one); name another, or move it away"
              .formatted(path));
    }
  }

  private boolean isEmpty() {
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  /** Lets {@code writer} write the files, and moves them here when it has ended. */
  <T> T fill(Function<DatasetFiles, T> writer) {
    Path parent = path.getParent() == null ? path : path.getParent();
    try (ScratchFolder scratch = ScratchFolder.in(parent)) {
      Files.createDirectories(parent);
      T written = writer.apply(new DatasetFiles(scratch.path()));
      rejectContent();
      Files.deleteIfExists(path);
      Files.move(scratch.path(), path);
      return written;
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private UnavailableException unwritten(IOException failure) {
    return new UnavailableException(
        "a dataset cannot be written to %s: %s".formatted(path, failure.getMessage()), failure);
  }
}
