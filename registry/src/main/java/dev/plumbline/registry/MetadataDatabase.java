package dev.plumbline.registry;

import dev.plumbline.failure.PlumblineException;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The database that remembers what was applied, run and built. Thread-safe. */
public final class MetadataDatabase {
  private static final String SQLITE = "jdbc:sqlite:";

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
    DataSource source = sqlite(SQLITE + file);
    MetadataDatabase database = new MetadataDatabase(Jdbi.create(source), file.toString());
    database.migrate(Flyway.configure().dataSource(source));
    return database;
  }

  /**
   * The database at this JDBC address, brought up to date. Its driver is on the class path.
   *
   * @param password empty where none is needed
   * @throws UnavailableException if it does not answer
   */
  public static MetadataDatabase open(String address, String user, String password) {
    if (address.startsWith(SQLITE)) {
      return open(Path.of(address.substring(SQLITE.length())));
    }
    MetadataDatabase database = new MetadataDatabase(Jdbi.create(address, user, password), address);
    database.migrate(Flyway.configure().dataSource(address, user, password));
    return database;
  }

  private void migrate(FluentConfiguration configuration) {
    try {
      configuration
          .table("plumbline_schema")
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .locations("classpath:dev/plumbline/registry/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw unavailable(e);
    }
  }

  /** Writers wait for each other instead of failing, and take the lock at the start. */
  private static DataSource sqlite(String url) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(30_000);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  /** Does all of {@code work} or nothing, as if nobody else were at it. */
  <T> T transaction(Work<T> work) {
    try {
      return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work::in);
    } catch (PlumblineException e) {
      throw e;
    } catch (JdbiException e) {
      throw unavailable(e);
    }
  }

  private UnavailableException unavailable(Exception e) {
    return new UnavailableException(
        "metadata database %s does not answer: %s".formatted(name, e.getMessage()), e);
  }
}
