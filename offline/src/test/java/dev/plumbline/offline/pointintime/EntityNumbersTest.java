package dev.plumbline.offline.pointintime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.offline.log.InvertedHash;
import dev.plumbline.offline.log.RowKeys;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.junit.jupiter.api.Test;

/** Entities of two numbers, many of which share their hash with others. */
class EntityNumbersTest {
  private static final long SEED = 42;
  private static final RowKeys KEYS =
      new RowKeys(List.of(new Field("a", Primitive.BIGINT), new Field("b", Primitive.BIGINT)));

  private final Random random = new Random(5);

  private static InternalRow row(long a, long b) {
    return new GenericInternalRow(new Object[] {a, b});
  }

  /** Another entity of the same hash. */
  private InternalRow twin(InternalRow of) {
    long a = random.nextLong();
    return row(a, InvertedHash.longOf(KEYS.hashOf(of), XXH64.hashLong(a, SEED)));
  }

  private List<InternalRow> entities(int count) {
    List<InternalRow> rows = new ArrayList<>();
    while (rows.size() < count) {
      InternalRow row = row(random.nextLong(), random.nextLong());
      rows.add(row);
      for (int twins = random.nextInt(3); twins > 0 && rows.size() < count; twins--) {
        rows.add(twin(row));
      }
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  @Test
  void everyEntityHasANumberOfItsOwnAndStrangersHaveNone() {
    for (int count : new int[] {0, 1, 2, 3, 511, 512, 513, 5_000}) {
      List<InternalRow> rows = entities(count);
      EntityNumbers numbers = new EntityNumbers(KEYS, rows::get);
      for (int i = 0; i < count; i++) {
        assertThat(numbers.add(rows.get(i), i)).isEqualTo(i);
        int before = random.nextInt(i + 1);
        assertThat(numbers.add(rows.get(before), i)).isEqualTo(before);
      }

      int[] sorted = numbers.sort();
      List<InternalRow> inOrder = new ArrayList<>(Collections.nCopies(count, row(0, 0)));
      for (int i = 0; i < count; i++) {
        inOrder.set(sorted[i], rows.get(i));
      }
      int[] moved = new int[count];
      List<Integer> places = new ArrayList<>(Collections.nCopies(count, 0));
      for (int i = 0; i < count; i++) {
        places.set(i, i);
      }
      Collections.shuffle(places, random);
      List<InternalRow> elsewhere = new ArrayList<>(rows);
      for (int i = 0; i < count; i++) {
        moved[i] = places.get(i);
        elsewhere.set(moved[i], rows.get(i));
      }
      Collections.copy(rows, elsewhere);
      numbers.move(moved);

      assertThat(inOrder)
          .isSortedAccordingTo((x, y) -> Long.compare(KEYS.hashOf(x), KEYS.hashOf(y)));
      for (int i = 0; i < count; i++) {
        assertThat(numbers.find(inOrder.get(i))).isEqualTo(i);
        assertThat(numbers.find(inOrder.get(i))).isEqualTo(i);
      }
      for (int i = count - 1; i >= 0; i--) {
        assertThat(numbers.find(inOrder.get(i))).isEqualTo(i);
        assertThat(numbers.find(twin(inOrder.get(i)))).isNegative();
        int any = random.nextInt(count);
        assertThat(numbers.find(inOrder.get(any))).isEqualTo(any);
      }
    }
  }
}
