package dev.plumbline.offline.dataset;

import java.nio.file.Path;
import java.util.UUID;

/**
 * Where one build writes until its files are moved to their place; what is left is removed when it
 * is closed.
 */
record ScratchFolder(Path path) implements AutoCloseable {
  /** One within {@code folder} that no other build has; it is not made yet. */
  static ScratchFolder in(Path folder) {
    return new ScratchFolder(folder.resolve("building-" + UUID.randomUUID()));
  }

  @Override
  public void close() {
    Folders.delete(path);
  }
}
