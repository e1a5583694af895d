package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRunsTest {
  private final ByteRuns runs = new ByteRuns();

  @Test
  void isOneRunBehindTheOther() {
    add(new byte[] {1, 2});
    add(new byte[0]);
    add(new byte[] {3});

    assertThat(runs.runs()).isEqualTo(3);
    assertThat(runs.copy(0)).containsExactly(1, 2);
    assertThat(runs.copy(1)).isEmpty();
    assertThat(runs.copy(2)).containsExactly(3);
  }

  @Test
  void forgetsTheLastRun() {
    add(new byte[] {1, 2});
    add(new byte[] {3});

    runs.drop();
    add(new byte[] {4});

    assertThat(runs.runs()).isEqualTo(2);
    assertThat(runs.copy(1)).containsExactly(4);
  }

  /** Eight bytes are hashed at once, wherever they begin, and those that remain one by one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 100})
  void hashesEqualRunsEquallyWhereverTheyLie(int length) {
    byte[] content = random(length);
    int first = add(content);
    for (int before = 1; before <= 16; before++) {
      add(new byte[before]);
      int again = add(content);

      assertThat(runs.equal(first, again)).isTrue();
      assertThat(runs.hash(again)).as("%d bytes behind %d", length, before).isEqualTo(hash(first));
    }
  }

  /** Of two runs that differ in one bit, or in nothing but length, few have the same hash. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 17, 32})
  void hashesRunsThatDifferDifferently(int length) {
    byte[] content = random(length);
    int first = add(content);
    for (int bit = 0; bit < Byte.SIZE * length; bit++) {
      byte[] other = content.clone();
      other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      int changed = add(other);

      assertThat(runs.equal(first, changed)).isFalse();
      assertThat(runs.hash(changed))
          .as("bit %d of %d bytes", bit, length)
          .isNotEqualTo(hash(first));
    }
    int longer = add(Arrays.copyOf(content, length + 1));
    assertThat(runs.hash(longer)).isNotEqualTo(hash(first));
  }

  private int hash(int run) {
    return runs.hash(run);
  }

  private int add(byte[] content) {
    runs.append(content, 0, content.length);
    return runs.close();
  }

  private static byte[] random(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }
}
