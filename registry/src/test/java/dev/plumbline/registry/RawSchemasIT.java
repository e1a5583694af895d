package dev.plumbline.registry;

import dev.plumbline.registry.TestingPostgres.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class RawSchemasIT {
  @Nested
  class OnSqlite extends RawSchemasContract {
    @TempDir Path folder;

    @Override
    MetadataDatabase open() {
      return MetadataDatabase.open(folder.resolve("meta/metadata.db"));
    }
  }

  @Nested
  class OnPostgres extends RawSchemasContract {
    private final Database database = TestingPostgres.shared().createDatabase();

    @Override
    MetadataDatabase open() {
      return MetadataDatabase.open(database.server());
    }
  }
}
