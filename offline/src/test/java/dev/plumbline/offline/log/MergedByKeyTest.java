package dev.plumbline.offline.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class MergedByKeyTest {
  private static final RowKeys KEYS =
      new RowKeys(List.of(new Field("a", Primitive.STRING), new Field("b", Primitive.INT)));

  /** Few hashes for many keys, so that most are shared. */
  @Test
  void groupsByEntityAlsoWhereHashesCollide() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<InternalRow> left = rows(random);
      List<InternalRow> right = rows(random);
      Map<String, List<List<Integer>>> expected = new HashMap<>();
      left.forEach(row -> sides(expected, row).get(0).add(payload(row)));
      right.forEach(row -> sides(expected, row).get(1).add(payload(row)));

      Map<String, List<List<Integer>>> merged = new HashMap<>();
      new MergedByKey<>(
              KEYS, sorted(left), MergedByKeyTest::payload, sorted(right), MergedByKeyTest::payload)
          .forEachRemaining(
              group ->
                  assertThat(merged.put(key(group.key()), List.of(group.left(), group.right())))
                      .isNull());

      assertThat(merged).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void sortedRowsHoldBothSidesInTheOrderOfHashes() {
    Random random = new Random(3);
    List<InternalRow> left = rows(random);
    List<InternalRow> right = rows(random);

    List<Long> hashes = new ArrayList<>();
    new SortedRows(sorted(left), sorted(right))
        .forEachRemaining(row -> hashes.add(RowKeys.hash(row)));

    assertThat(hashes).isSorted().hasSize(left.size() + right.size());
  }

  private static List<List<Integer>> sides(
      Map<String, List<List<Integer>>> groups, InternalRow row) {
    return groups.computeIfAbsent(key(row), key -> List.of(new ArrayList<>(), new ArrayList<>()));
  }

  private static List<InternalRow> rows(Random random) {
    List<InternalRow> rows = new ArrayList<>();
    int count = random.nextInt(40);
    for (int i = 0; i < count; i++) {
      String a = "ü" + random.nextInt(3);
      int b = random.nextInt(4);
      long hash = (a.hashCode() + b) % 3 - 1;
      rows.add(new GenericInternalRow(new Object[] {UTF8String.fromString(a), b, i, hash}));
    }
    rows.sort(Comparator.comparingLong(RowKeys::hash)); // stable, as Spark's sort by one bigint
    return rows;
  }

  /** As Spark hands rows out: always in the same object. */
  private static Iterator<InternalRow> sorted(List<InternalRow> rows) {
    GenericInternalRow shared = new GenericInternalRow(new Object[4]);
    return rows.stream()
        .map(
            row -> {
              Object[] values = ((GenericInternalRow) row).values();
              System.arraycopy(values, 0, shared.values(), 0, values.length);
              return (InternalRow) shared;
            })
        .iterator();
  }

  private static String key(InternalRow row) {
    return row.getUTF8String(0) + " " + row.getInt(1);
  }

  private static int payload(InternalRow row) {
    return row.getInt(2);
  }
}
