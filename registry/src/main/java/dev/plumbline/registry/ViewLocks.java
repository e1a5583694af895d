package dev.plumbline.registry;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive locks of view versions between processes of one machine. The operating system holds
 * them, so a lock vanishes with its process, however that ends.
 */
public final class ViewLocks {
  /**
   * What this process holds. POSIX gives up a process's locks on a file as soon as it closes any
   * descriptor of that file, so a second one must not even be opened; that is a matter of the whole
   * process.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final InstantSource clock;

  /**
   * Locks that lie in a folder.
   *
   * @param directory beside the metadata database of the project
   */
  public ViewLocks(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** A lock that is held until it is closed. */
  public static final class Held implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private Held(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void close() {
      if (!channel.isOpen()) {
        return;
      }
      try (channel) {
        channel.truncate(0);
      } catch (IOException e) {
        throw new UnavailableException("%s: %s".formatted(file, e.getMessage()), e);
      } finally {
        HELD.remove(file);
      }
    }
  }

  /**
   * Takes the lock of {@code view}, at once or not at all.
   *
   * @throws ConflictException if somebody has it; the message says who
   */
  public Held acquire(ViewId view) {
    try {
      Files.createDirectories(directory);
      Path file = directory.toRealPath().resolve(view + ".lock");
      if (!HELD.add(file)) {
        throw locked(view, "another run of this process, " + ProcessHandle.current().pid());
      }
      return lock(view, file);
    } catch (IOException e) {
      throw new UnavailableException(
          "the lock of view '%s' in %s cannot be taken: %s"
              .formatted(view, directory, e.getMessage()),
          e);
    }
  }

  private Held lock(ViewId view, Path file) throws IOException {
    boolean held = false;
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      held = channel.tryLock() != null;
      if (!held) {
        throw locked(view, holder(channel));
      }
      sign(channel);
      return new Held(file, channel);
    } finally {
      if (!held) {
        channel.close();
        HELD.remove(file);
      }
    }
  }

  private static ConflictException locked(ViewId view, String holder) {
    return new ConflictException(
        "view '%s' is locked by %s; wait until it has finished, or end it".formatted(view, holder));
  }

  private void sign(FileChannel channel) throws IOException {
    String text = "process %d since %s".formatted(ProcessHandle.current().pid(), clock.instant());
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    channel.force(true);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(200);
    channel.read(text, 0);
    String name = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    return name.isEmpty() ? "another process" : name;
  }
}
