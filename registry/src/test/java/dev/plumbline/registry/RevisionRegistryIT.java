package dev.plumbline.registry;

import dev.plumbline.registry.TestingPostgres.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class RevisionRegistryIT {
  /** As the catalog of the warehouse has in the same database. */
  private static void makeOtherTables(Connection connection) throws SQLException {
    try (connection) {
      connection.createStatement().execute("create table iceberg_tables (name text)");
    }
  }

  @Nested
  class OnSqlite extends RevisionRegistryContract {
    @TempDir Path folder;

    @BeforeEach
    void share() throws SQLException {
      makeOtherTables(DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("other.db")));
    }

    @Override
    MetadataDatabase open() {
      return MetadataDatabase.open(folder.resolve("meta/metadata.db"));
    }

    @Override
    MetadataDatabase openOther() {
      return MetadataDatabase.open(folder.resolve("other.db"));
    }
  }

  @Nested
  class OnPostgres extends RevisionRegistryContract {
    private final Database database = TestingPostgres.shared().createDatabase();
    private final Database other = TestingPostgres.shared().createDatabase();

    @BeforeEach
    void share() throws SQLException {
      makeOtherTables(other.connect());
    }

    @Override
    MetadataDatabase open() {
      return MetadataDatabase.open(database.server());
    }

    @Override
    MetadataDatabase openOther() {
      return MetadataDatabase.open(other.server());
    }
  }
}
