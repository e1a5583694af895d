package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Locks between all machines that share a PostgreSQL database: advisory locks, each of a session of
 * its own, whose end gives them back, whether its process ends or its connection breaks. The server
 * has to be reached directly, or through a pool that leaves each client its session.
 */
public final class PostgresViewLocks implements ViewLocks {
  private final PostgresServer server;
  private final Jdbi jdbi;
  private final String project;

  /**
   * Locks in a database.
   *
   * @param server that of the project's metadata
   */
  public PostgresViewLocks(PostgresServer server, String project) {
    this.server = server;
    this.jdbi = Jdbi.create(new PostgresConnections(server, ourselves()));
    this.project = project;
  }

  /** Who we are, to those who find the lock taken. */
  private static String ourselves() {
    return "process %d on %s".formatted(ProcessHandle.current().pid(), Applicant.host());
  }

  private record HeldSession(ViewId view, Handle handle, AdvisoryLock lock) implements Held {
    @Override
    public void ensureHeld() {
      try {
        if (!lock.isOurs()) {
          throw LockConflict.lost(view, "the database gave it up");
        }
      } catch (JdbiException e) {
        throw LockConflict.lost(view, "the connection that held it is broken");
      }
    }

    @Override
    public void close() {
      try (handle) {
        if (!handle.isClosed()) {
          lock.giveBack(); // the session's end does too, but the next one would have to wait for it
        }
      } catch (JdbiException e) {
        // a session that cannot be spoken to any more has ended, and the lock with it
      }
    }
  }

  @Override
  public Held acquire(ViewId view) {
    try {
      return lock(view);
    } catch (JdbiException e) {
      throw new UnavailableException(
          "the lock of view '%s' in %s cannot be taken: %s"
              .formatted(view, server, e.getCause() == null ? e : e.getCause().getMessage()),
          e);
    }
  }

  private Held lock(ViewId view) {
    Handle handle = jdbi.open();
    boolean held = false;
    try {
      AdvisoryLock lock = new AdvisoryLock(handle, project + "/" + view);
      held = lock.take();
      if (!held) {
        throw LockConflict.heldBy(lock.holder(), view);
      }
      return new HeldSession(view, handle, lock);
    } finally {
      if (!held) {
        handle.close();
      }
    }
  }
}
