package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import dev.plumbline.registry.DatabaseAddress.SqliteFile;
import dev.plumbline.registry.TestingPostgres.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataDatabaseIT {
  @TempDir Path folder;

  @Test
  void isUnavailableWhenTheFileIsNoDatabase() throws Exception {
    Path file = folder.resolve("broken.db");
    Files.writeString(file, "this is a text, and a text is no database, however long it may be");

    assertThatThrownBy(() -> MetadataDatabase.open(file))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("metadata database " + file + " does not answer");
  }

  @Test
  void isUnavailableWhenNoServerListens() {
    Database database;
    try (TestingPostgres stopped = TestingPostgres.start()) {
      database = stopped.createDatabase();
    }

    assertThatThrownBy(() -> MetadataDatabase.open(database.server()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("metadata database %s does not answer: Connection refused", database.address());
  }

  @Test
  void keepsThePasswordOutOfWhatItSays() {
    PostgresServer server =
        new PostgresServer(
            "jdbc:postgresql://nobody.invalid/x?sslpassword=hush",
            Optional.of("plumb"),
            Optional.of("hush"));

    assertThatThrownBy(() -> MetadataDatabase.open(server))
        .hasMessageStartingWith("metadata database jdbc:postgresql://nobody.invalid/x does not")
        .message()
        .doesNotContain("hush");
    assertThat(server.toString()).doesNotContain("hush");
  }

  @RepeatedTest(2)
  void isMadeOnceWhereManyOpenItAtOnce() throws Exception {
    for (DatabaseAddress address :
        List.of(
            new SqliteFile(folder.resolve("shared.db")),
            TestingPostgres.shared().createDatabase().server())) {
      withTableOfOthers(address);

      AtOnce.call(8, each -> MetadataDatabase.open(address));

      int migrations =
          MetadataDatabase.open(address)
              .transaction(
                  handle ->
                      handle
                          .createQuery(
                              "select count(distinct version) from plumbline_schema where success")
                          .mapTo(int.class)
                          .one());
      assertThat(migrations).isGreaterThan(1);
    }
  }

  private static void withTableOfOthers(DatabaseAddress address) throws SQLException {
    Properties login = new Properties();
    login.putAll(address.login());
    try (Connection connection = DriverManager.getConnection(address.url(), login)) {
      connection.createStatement().execute("create table iceberg_tables (catalog_name text)");
    }
  }

  /** Each adds one to the same number, which only one of those who read it may do. */
  @Test
  void triesAgainWhatCollides() throws Exception {
    MetadataDatabase database =
        MetadataDatabase.open(TestingPostgres.shared().createDatabase().server());
    database.transaction(handle -> handle.execute("create table counter (value int)"));
    database.transaction(handle -> handle.execute("insert into counter values (0)"));
    AtomicInteger attempts = new AtomicInteger();

    AtOnce.call(
        8,
        each ->
            database.transaction(
                handle -> {
                  attempts.incrementAndGet();
                  int value =
                      handle.createQuery("select value from counter").mapTo(int.class).one();
                  return handle.execute("update counter set value = ?", value + 1);
                }));

    int counted =
        database.transaction(
            handle -> handle.createQuery("select value from counter").mapTo(int.class).one());
    assertThat(counted).isEqualTo(8);
    assertThat(attempts.get()).isGreaterThan(8);
  }

  @Test
  void givesUpWhereEveryAttemptCollides() {
    MetadataDatabase database =
        MetadataDatabase.open(TestingPostgres.shared().createDatabase().server());
    AtomicInteger attempts = new AtomicInteger();

    assertThatThrownBy(
            () ->
                database.transaction(
                    handle -> {
                      attempts.incrementAndGet();
                      return handle.execute(
                          "do $$ begin raise 'never' using errcode = '40P01'; end $$");
                    }))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("others changed the same rows, 50 times in a row (ERROR: never")
        .hasMessageEndingWith("try again when they have finished");
    assertThat(attempts).hasValue(50);
  }
}
