package dev.plumbline.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.registry.DatabaseAddress;
import dev.plumbline.registry.TestingPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several warehouses in one process. */
class WarehouseIT {
  @TempDir Path folder;

  @Test
  void oneAfterTheOtherEachHasItsOwnTables() {
    try (Warehouse first = open("first")) {
      first.spark().sql("create table plumb.space.numbers as select 1 as number");
    }

    try (Warehouse second = open("second")) {
      assertThat(second.spark().catalog().tableExists("plumb.space.numbers")).isFalse();
    }
    try (Warehouse again = open("first")) {
      assertThat(again.spark().table("plumb.space.numbers").count()).isEqualTo(1);
    }
  }

  @Test
  void aSecondOneAtTheSameTimeIsRefused() {
    try (Warehouse first = open("first")) {
      assertThatThrownBy(() -> open("second"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'plumbline first' runs in this process")
          .hasMessageContaining("close its warehouse first");
      assertThat(first.spark().range(3).count()).isEqualTo(3);
    }
  }

  @Test
  void keepsItsCatalogOnAServerAndItsTablesAtAnAddress() {
    DatabaseAddress server = TestingPostgres.shared().createDatabase().server();
    String place = folder.resolve("tables").toUri().toString().replaceFirst("/$", "");
    try (Warehouse first = Warehouse.local("first", server, place, 1)) {
      first.spark().sql("create table plumb.space.numbers as select 1 as number");
    }

    try (Warehouse again = Warehouse.local("again", server, place, 1)) {
      assertThat(again.spark().table("plumb.space.numbers").count()).isEqualTo(1);
      assertThat(again.spark().table("plumb.space.numbers").inputFiles())
          .allSatisfy(file -> assertThat(file).startsWith(place + "/space/numbers-"));
    }
  }

  private Warehouse open(String name) {
    String uri = "jdbc:sqlite:" + folder.resolve(name + ".db");
    return Warehouse.local(name, uri, folder.resolve(name), 1);
  }
}
