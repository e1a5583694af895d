package dev.plumbline.registry;

import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server for tests: on a free port of this machine, its data in a temporary
 * folder that goes with it. It runs as root too, and asks everybody but its superuser for a
 * password. Stopped when it is closed, at the latest when the virtual machine ends. Thread-safe.
 */
public final class TestingPostgres implements AutoCloseable {
  /** Passwords count, unlike in the server's default for tests, which lets everybody in. */
  private static final String WHO_MAY_CONNECT =
      "host all postgres all trust\nhost all all all scram-sha-256\n";

  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();

  private TestingPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * A database of its own on the server, and the user who owns it.
   *
   * @param address {@code jdbc:postgresql://host:port/name}
   */
  public record Database(String address, String user, String password) {
    /** The same for those who speak to PostgreSQL alone. */
    public PostgresServer server() {
      return new PostgresServer(address, Optional.of(user), Optional.of(password));
    }

    /** A new connection as the owner. */
    public Connection connect() {
      return TestingPostgres.connect(address, user, password);
    }
  }

  private static final class Shared {
    private static final TestingPostgres SERVER = start();
  }

  /** One server for all tests of this virtual machine, which nobody closes. */
  public static TestingPostgres shared() {
    return Shared.SERVER;
  }

  /** A server of one's own. Takes a second, three for the first on a machine. */
  public static TestingPostgres start() {
    try {
      return start(Files.createTempDirectory("plumbline-postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestingPostgres start(Path folder) throws IOException {
    Path rules = folder.resolve("hba.conf");
    Files.writeString(rules, WHO_MAY_CONNECT);
    folder.toFile().deleteOnExit();
    rules.toFile().deleteOnExit();
    return new TestingPostgres(
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            .setServerConfig("hba_file", rules.toString())
            .setServerConfig("log_min_messages", "fatal")
            .setPGStartupWait(Duration.ofMinutes(2))
            .start());
  }

  /** A new, empty database. */
  public Database createDatabase() {
    String name = "plumbline_" + databases.incrementAndGet();
    String password = "secret of " + name;
    administer("create role %s login password '%s'".formatted(name, password));
    administer("create database %s owner %s".formatted(name, name));
    String address = "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), name);
    return new Database(address, name, password);
  }

  /** Runs one statement as the superuser. */
  public void administer(String statement) {
    String address = "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
    try (Connection connection = connect(address, "postgres", "")) {
      connection.createStatement().execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private static Connection connect(String address, String user, String password) {
    try {
      return DriverManager.getConnection(address, user, password);
    } catch (SQLException e) {
      throw new IllegalStateException(address, e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
