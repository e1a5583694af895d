package dev.plumbline.registry;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import dev.plumbline.registry.DatabaseAddress.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database that remembers what was applied, run and built. Thread-safe. */
public final class MetadataDatabase {
  /** How often a transaction is tried that collides with others. Each time, one of them ends. */
  private static final int ATTEMPTS = 50;

  /**
   * What PostgreSQL says of collisions: not serializable, deadlock, and a key that somebody else
   * took in between, which it may notice before the other two.
   */
  private static final Set<String> COLLISIONS = Set.of("40001", "40P01", "23505");

  /**
   * How often a new database is made: after once, most of what others may collide with is there.
   */
  private static final int ATTEMPTS_TO_MAKE = 5;

  private final Jdbi jdbi;
  private final String name;

  private MetadataDatabase(Jdbi jdbi, String name) {
    this.jdbi = jdbi;
    this.name = name;
  }

  /** A question, or a change, within one transaction. */
  interface Work<T> {
    T in(Handle handle);
  }

  /**
   * The database in this file, created and brought up to date as needed.
   *
   * @throws UnavailableException if it cannot be
   */
  public static MetadataDatabase open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UnavailableException(
          "metadata database %s: its folder cannot be made: %s".formatted(file, e.getMessage()), e);
    }
    DataSource source = sqlite(new SqliteFile(file));
    return opened(Jdbi.create(source), file.toString(), Flyway.configure().dataSource(source));
  }

  /**
   * The database at this address, brought up to date; a file is created as needed.
   *
   * @throws UnavailableException if it does not answer, or does not let us in
   */
  public static MetadataDatabase open(DatabaseAddress address) {
    if (address instanceof SqliteFile sqlite) {
      return open(sqlite.file());
    }
    PostgresServer server = (PostgresServer) address;
    return opened(
        Jdbi.create(new PostgresConnections(server, "plumb")),
        server.toString(),
        Flyway.configure()
            .dataSource(server.url(), server.user().orElse(null), server.password().orElse(null)));
  }

  private static MetadataDatabase opened(Jdbi jdbi, String name, FluentConfiguration migrations) {
    MetadataDatabase database = new MetadataDatabase(jdbi, name);
    for (int attempt = 1; ; attempt++) {
      try {
        database.transaction(handle -> handle.execute("select 1"));
        migrate(migrations);
        return database;
      } catch (FlywayException | UnavailableException e) {
        if (!othersMayBeMakingIt(e) || attempt == ATTEMPTS_TO_MAKE) {
          throw e instanceof UnavailableException named ? named : database.unavailable(e);
        }
      }
    }
  }

  private static void migrate(FluentConfiguration configuration) {
    configuration
        .table("plumbline_schema")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .locations("classpath:dev/plumbline/registry/migration")
        .load()
        .migrate();
  }

  /**
   * Flyway's own lock begins once its table is there, and SQLite does not let anybody wait for a
   * new file's journal: of those who open a new database at the same moment, all but one may fail.
   */
  private static boolean othersMayBeMakingIt(RuntimeException failure) {
    return failure instanceof FlywayException
        || causes(failure)
            .anyMatch(
                cause ->
                    cause instanceof SQLiteException sqlite
                        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_BUSY);
  }

  /** Writers wait for each other instead of failing, and take the lock at the start. */
  private static DataSource sqlite(SqliteFile file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(30_000);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(file.url());
    return source;
  }

  /**
   * Does all of {@code work} or nothing, as if nobody else were at it. It is done again where the
   * database cannot tell, so it changes nothing but what its handle reaches.
   *
   * @throws UnavailableException if the database does not answer, or others change the same rows
   *     all the time
   */
  <T> T transaction(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work::in);
      } catch (JdbiException e) {
        if (!isCollision(e)) {
          throw unavailable(e);
        }
        if (attempt == ATTEMPTS) {
          throw new UnavailableException(
              "metadata database %s: others changed the same rows, %d times in a row (%s); try again when they have finished"
                  .formatted(name, ATTEMPTS, rootMessage(e)),
              e);
        }
      }
    }
  }

  private static boolean isCollision(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && COLLISIONS.contains(sql.getSQLState()));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private UnavailableException unavailable(Exception e) {
    return new UnavailableException(
        "metadata database %s does not answer: %s".formatted(name, rootMessage(e)), e);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = causes(failure).reduce((outer, inner) -> inner).orElseThrow();
    return String.valueOf(root.getMessage());
  }
}
