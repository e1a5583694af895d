package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import dev.plumbline.registry.TestingPostgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewLocksIT {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  /** Locks in a folder, or in a server: its address, a user and a password. */
  static ViewLocks at(List<String> place) {
    return place.size() == 1
        ? new FileViewLocks(Path.of(place.get(0)), CLOCK)
        : new PostgresViewLocks(
            new PostgresServer(place.get(0), Optional.of(place.get(1)), Optional.of(place.get(2))),
            "flights");
  }

  @Nested
  class InFiles extends ViewLocksContract {
    @TempDir Path folder;

    @Override
    List<String> place() {
      return List.of(folder.resolve("locks").toString());
    }

    @Override
    ViewLocks locks() {
      return at(place());
    }

    @Override
    void takeAway() throws IOException {
      Files.delete(folder.resolve("locks").resolve(VIEW + ".lock"));
    }

    @Test
    void noticesThatItsFileWasReplaced() throws IOException {
      try (ViewLocks.Held held = locks().acquire(VIEW)) {
        takeAway();
        Files.createFile(folder.resolve("locks").resolve(VIEW + ".lock"));

        assertThatThrownBy(held::ensureHeld).hasMessageContaining(VIEW + ".lock was replaced");
      }
    }
  }

  @Nested
  class OnPostgres extends ViewLocksContract {
    private final Database database = TestingPostgres.shared().createDatabase();

    @Override
    List<String> place() {
      return List.of(database.address(), database.user(), database.password());
    }

    @Override
    ViewLocks locks() {
      return at(place());
    }

    @Override
    void takeAway() {
      TestingPostgres.shared()
          .administer(
              "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '%s'"
                  .formatted(database.user()));
    }

    @Test
    void keepsProjectsAndDatabasesApart() {
      try (ViewLocks.Held held = locks().acquire(VIEW)) {
        new PostgresViewLocks(database.server(), "others").acquire(VIEW).close();
        new PostgresViewLocks(TestingPostgres.shared().createDatabase().server(), "flights")
            .acquire(VIEW)
            .close();
        held.ensureHeld();
      }
    }

    @Test
    void areUnavailableWhenTheServerDoesNotLetUsIn() {
      PostgresServer server =
          new PostgresServer(
              database.address(), Optional.of(database.user()), Optional.of("a guess"));

      assertThatThrownBy(() -> new PostgresViewLocks(server, "flights").acquire(VIEW))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "the lock of view 'airport_departures@1' in %s cannot be taken: FATAL: password authentication failed for user \"%s\"",
              database.address(), database.user());
    }

    @Test
    void saysThatAnotherUserHasTheLock() {
      Database stranger = TestingPostgres.shared().createDatabase();
      PostgresServer same =
          new PostgresServer(
              database.address(), Optional.of(stranger.user()), Optional.of(stranger.password()));
      try (ViewLocks.Held held = locks().acquire(VIEW)) {
        assertThatThrownBy(() -> new PostgresViewLocks(same, "flights").acquire(VIEW))
            .isInstanceOf(ConflictException.class)
            .hasMessageMatching(
                "view 'airport_departures@1' is locked by session \\d+ of another user of the database; .*");
        assertThat(held).isNotNull();
      }
    }
  }
}
