package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.registry.TestingPostgres.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestingPostgresIT {
  @Test
  void servesDatabasesThatAskForAPasswordUntilItIsClosed() throws SQLException {
    Database database;
    try (TestingPostgres postgres = TestingPostgres.start()) {
      database = postgres.createDatabase();
      assertThat(postgres.createDatabase().address()).isNotEqualTo(database.address());
      assertThat(userOf(database)).isEqualTo(database.user());
      assertThatThrownBy(
              () -> DriverManager.getConnection(database.address(), database.user(), "a guess"))
          .hasMessageContaining("password authentication failed");
    }

    assertThatThrownBy(database::connect).hasRootCauseMessage("Connection refused");
  }

  private static String userOf(Database database) throws SQLException {
    try (Connection connection = database.connect();
        ResultSet row = connection.createStatement().executeQuery("select current_user")) {
      row.next();
      return row.getString(1);
    }
  }
}
