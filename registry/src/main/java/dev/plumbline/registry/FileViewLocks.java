package dev.plumbline.registry;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Locks between processes of one machine: locked files, which the operating system lets go of. */
public final class FileViewLocks implements ViewLocks {
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
  public FileViewLocks(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  private static final class HeldFile implements Held {
    private final ViewId view;
    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object identity;

    private HeldFile(ViewId view, Path file, FileChannel channel) throws IOException {
      this.view = view;
      this.file = file;
      this.channel = channel;
      this.identity = identity(file);
    }

    /** Tells a file from another one of the same name. */
    private static @Nullable Object identity(Path file) throws IOException {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void ensureHeld() {
      if (!channel.isOpen()) {
        throw LockConflict.lost(view, "it was given back");
      }
      try {
        if (!Objects.equals(identity, identity(file))) {
          throw LockConflict.lost(view, file + " was replaced");
        }
      } catch (IOException e) {
        throw LockConflict.lost(view, file + " is gone");
      }
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

  @Override
  public Held acquire(ViewId view) {
    try {
      Files.createDirectories(directory);
      Path file = directory.toRealPath().resolve(view + ".lock");
      if (!HELD.add(file)) {
        throw LockConflict.heldBy(
            "another run of this process, " + ProcessHandle.current().pid(), view);
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
    try {
      FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
      try {
        if (channel.tryLock() == null) {
          throw LockConflict.heldBy(holder(channel), view);
        }
        sign(channel);
        Held lock = new HeldFile(view, file, channel);
        held = true;
        return lock;
      } finally {
        if (!held) {
          channel.close();
        }
      }
    } finally {
      if (!held) {
        HELD.remove(file);
      }
    }
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
