package dev.plumbline.offline.log;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.offline.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketedRowsIT {
  @TempDir static Path folder;
  private static Warehouse warehouse;

  @BeforeAll
  static void open() {
    warehouse =
        Warehouse.local(
            "rows", "jdbc:sqlite:" + folder.resolve("catalog.db"), folder.resolve("warehouse"), 2);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  /** Of few rows most slices are empty. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100, 20_000})
  void areInTheirBucketsEachInTheOrderOfTheHash(int rows) {
    Dataset<Row> hashed =
        warehouse
            .spark()
            .range(rows)
            .withColumn("key", expr("id div 3"))
            .withColumn(RowKeys.HASH, KeyBuckets.hash(List.of(col("key"))));

    List<List<Long>> buckets = hashes(hashed);

    assertThat(buckets).hasSize(FeatureTable.BUCKETS);
    List<Long> all = new ArrayList<>();
    for (int bucket = 0; bucket < FeatureTable.BUCKETS; bucket++) {
      int expected = bucket;
      assertThat(buckets.get(bucket))
          .isSorted()
          .allMatch(hash -> Math.floorMod(hash, (long) FeatureTable.BUCKETS) == expected);
      all.addAll(buckets.get(bucket));
    }
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            hashed.select(RowKeys.HASH).collectAsList().stream()
                .map(row -> row.getLong(0))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, 1L << 61, Long.MAX_VALUE})
  void takeAnyHash(long hash) {
    List<List<Long>> buckets =
        hashes(warehouse.spark().range(2).withColumn(RowKeys.HASH, lit(hash)));

    assertThat(buckets.get((int) Math.floorMod(hash, (long) FeatureTable.BUCKETS)))
        .containsExactly(hash, hash);
  }

  @Test
  void areInEmptyBucketsWhereThereAreNone() {
    List<List<Long>> buckets = hashes(warehouse.spark().range(0).withColumn(RowKeys.HASH, lit(0L)));

    assertThat(buckets).hasSize(FeatureTable.BUCKETS).allMatch(List::isEmpty);
  }

  private static List<List<Long>> hashes(Dataset<Row> rows) {
    return BucketedRows.movedByHash(rows)
        .mapPartitions(
            each -> {
              List<Long> hashes = new ArrayList<>();
              while (each.hasNext()) {
                InternalRow row = each.next();
                hashes.add(RowKeys.hash(row));
              }
              return List.of(hashes).iterator();
            })
        .collect();
  }
}
