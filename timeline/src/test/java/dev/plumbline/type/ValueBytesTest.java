package dev.plumbline.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.type.DataType.Primitive;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueBytesTest {
  private static final List<DataType> KEYS =
      List.of(Primitive.BOOLEAN, Primitive.INT, Primitive.BIGINT, Primitive.STRING, Primitive.DATE);

  @Test
  void readsBackTheValuesOfKeys() {
    List<@Nullable Object> values =
        List.of(true, -1, Long.MIN_VALUE, "Größe }|\u0000🚀", LocalDate.of(1969, 7, 20));
    List<@Nullable Object> nulls = Arrays.asList(null, null, null, null, null);

    assertThat(ValueBytes.keyValues(KEYS, ValueBytes.of(KEYS, values))).contains(values);
    assertThat(ValueBytes.keyValues(KEYS, ValueBytes.of(KEYS, nulls))).contains(nulls);
    assertThat(ValueBytes.keyValues(List.of(), ValueBytes.of(List.of(), List.of())))
        .contains(List.of());
  }

  @Test
  void findsNoValuesInBytesThatWereNeverMadeOfAny() {
    byte[] bytes = ValueBytes.of(KEYS, List.of(true, 7, 8L, "nine", LocalDate.EPOCH)).toByteArray();
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int i = 0; i < 2_000; i++) {
      byte[] other = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
      for (int flips = random.nextInt(3); flips > 0 && other.length > 0; flips--) {
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Bytes key = Bytes.copyOf(other);
      ValueBytes.keyValues(KEYS, key)
          .ifPresent(
              values ->
                  assertThat(ValueBytes.of(KEYS, new ArrayList<>(values)))
                      .as("seed %d", seed)
                      .isEqualTo(key));
    }
    assertThat(ValueBytes.keyValues(KEYS, Bytes.copyOf(new byte[] {1, 1}))).isEmpty();
    assertThat(
            ValueBytes.keyValues(
                List.of(Primitive.STRING), Bytes.copyOf(new byte[] {6, 127, 0, 0, 0})))
        .isEmpty();
  }
}
