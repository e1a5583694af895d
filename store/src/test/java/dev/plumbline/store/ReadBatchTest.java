package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadBatchTest {
  private static final ViewSet USERS =
      ViewSet.of(
          List.of(
              new OnlineView(
                  "shop",
                  1,
                  "user",
                  List.of(Primitive.BIGINT),
                  List.of(new Field("visits", Primitive.BIGINT)),
                  Optional.empty())));

  private final ReadBatch batch = new ReadBatch();

  @Test
  void looksEveryEntityUpOnce() {
    batch.begin(USERS, 3);

    assertThat(batch.add(0, List.of(7L))).isZero();
    assertThat(batch.add(0, List.of(8L))).isOne();
    assertThat(batch.add(0, List.of(7L))).isZero();
    assertThat(batch.size()).isEqualTo(2);
  }

  @Test
  void takesMoreEntitiesThanItWasBegunFor() {
    batch.begin(USERS, 1);
    for (long user = 0; user < 5_000; user++) {
      assertThat(batch.add(0, List.of(user))).isEqualTo((int) user);
    }

    for (long user = 0; user < 5_000; user++) {
      assertThat(batch.add(0, List.of(user))).isEqualTo((int) user);
    }
    assertThat(batch.size()).isEqualTo(5_000);
  }

  /**
   * Keys as people have them, numbers one after the other or some apart, must not crowd in the
   * table: whoever adds one looks at few slots.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 20",
    "1, 1, 20",
    "-5000, 1, 20",
    "1000000, 1, 20",
    "0, 8, 20",
    "0, 1000, 20",
    "1600000000000, 60000, 20",
    "7, 1048576, 100",
    "0, 256, 100",
    "0, 65536, 100",
    "0, 4294967296, 100"
  })
  void spreadsTheKeysOfNumbersOverItsTable(long first, long apart, int most) {
    int users = 10_000;
    batch.begin(USERS, users);
    for (int user = 0; user < users; user++) {
      batch.add(0, List.of(first + apart * user));
    }

    int[] probes = probes(batch);

    assertThat(probes).hasSize(users);
    assertThat(Arrays.stream(probes).max().orElseThrow()).isLessThan(most);
    assertThat(Arrays.stream(probes).average().orElseThrow()).isLessThan(1.6);
  }

  /** At how many slots whoever added an entity had to look. */
  private static int[] probes(ReadBatch of) {
    int slots = 4 * Integer.highestOneBit(of.size());
    boolean[] taken = new boolean[slots];
    int[] probes = new int[of.size()];
    for (int entity = 0; entity < probes.length; entity++) {
      int slot = of.keys().hash(entity) & slots - 1;
      for (probes[entity] = 1; taken[slot]; probes[entity]++) {
        slot = slot + 1 & slots - 1;
      }
      taken[slot] = true;
    }
    return probes;
  }

  @Test
  void countsAllThatItKeeps() {
    batch.begin(USERS, 1);
    int empty = batch.room();
    for (long user = 0; user < 10_000; user++) {
      batch.add(0, List.of(user));
    }
    int keyBytes = batch.keys().to(batch.size() - 1);

    assertThat(empty).isLessThan(4_096);
    assertThat(batch.room()).isGreaterThan(keyBytes + 3 * Integer.BYTES * batch.size());

    batch.begin(USERS, 1);
    assertThat(batch.room()).isGreaterThan(keyBytes);
  }
}
