package dev.plumbline.offline.dataset;

import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to add a version of one dataset to a folder, which one build at a time has. The
 * operating system holds it, so it vanishes with its process, however that ends.
 */
final class DatasetLock implements AutoCloseable {
  /**
   * What this process holds. POSIX gives up a process's locks on a file as soon as it closes any
   * descriptor of that file, so a second one must not even be opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DatasetLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of {@code dataset}, at once or not at all.
   *
   * @param versions the folder that holds the versions of the dataset
   * @throws ConflictException if somebody has it
   */
  static DatasetLock acquire(String dataset, Path versions) {
    try {
      Files.createDirectories(versions);
      Path file = versions.toRealPath().resolve(".lock");
      if (!HELD.add(file)) {
        throw locked(dataset);
      }
      return lock(dataset, file);
    } catch (IOException e) {
      throw unavailable(versions, e);
    }
  }

  private static DatasetLock lock(String dataset, Path file) throws IOException {
    boolean held = false;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        held = channel.tryLock() != null;
      } finally {
        if (!held) {
          channel.close();
        }
      }
      if (!held) {
        throw locked(dataset);
      }
      return new DatasetLock(file, channel);
    } finally {
      if (!held) {
        HELD.remove(file);
      }
    }
  }

  private static ConflictException locked(String dataset) {
    return new ConflictException(
        "dataset '%s': another build adds a version now (expected: one build at a time); build again when it has finished"
            .formatted(dataset));
  }

  private static UnavailableException unavailable(Path at, IOException failure) {
    return new UnavailableException(
        "the lock %s cannot be used: %s".formatted(at, failure.getMessage()), failure);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unavailable(file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
