package dev.plumbline.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes two datasets the same, and what does not. */
class ContentHashIT {
  @TempDir static Path folder;
  private static Warehouse warehouse;

  @BeforeAll
  static void open() {
    String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
    warehouse = Warehouse.local("hashes", uri, folder.resolve("warehouse"), 2);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @Test
  void doesNotDependOnTheOrderAndPlaceOfRows() {
    assertThat(hash("select * from values (1, 'a'), (2, 'b') t(x, y)"))
        .isEqualTo(hash("select /*+ repartition(5) */ * from values (2, 'b'), (1, 'a') t(x, y)"));
  }

  @Test
  void countsARowThatIsThereTwice() {
    assertThat(hash("select 1 x union all select 1")).isNotEqualTo(hash("select 1 x"));
  }

  /** Rows that are there twice cancel each other out in a hash that is an XOR of theirs. */
  @Test
  void tellsWhichRowsAreThereTwice() {
    assertThat(hash("select * from values (1), (1), (2), (2) as t(x)"))
        .isNotEqualTo(hash("select * from values (3), (3), (4), (4) as t(x)"));
  }

  @Test
  void tellsWhereNullsStand() {
    assertThat(hash("select 1 x, cast(null as int) y"))
        .isNotEqualTo(hash("select cast(null as int) x, 1 y"));
    assertThat(hash("select array(1, null) x")).isNotEqualTo(hash("select array(null, 1) x"));
    assertThat(hash("select array(1, null) x")).isNotEqualTo(hash("select array(1) x"));
  }

  @Test
  void tellsWhereArraysEnd() {
    assertThat(hash("select array(1, 0) x, array(3) y"))
        .isNotEqualTo(hash("select array(1) x, array(0, 3) y"));
  }

  private static String hash(String sql) {
    return ContentHash.of(warehouse.spark().sql(sql));
  }
}
