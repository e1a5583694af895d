package dev.plumbline.offline.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.expression.SparkTypes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class RowKeysTest {
  /** Spark's seed of {@code xxhash64}. */
  private static final long SEED = 42;

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  /** A hash from which the key can be computed again belongs to no other key. */
  @Test
  void aKeyOfOneNumberCanBeReadOutOfItsHash() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long value = i < 1_000 ? i - 500 : random.nextLong();

      assertThat(longOf(XXH64.hashLong(value, SEED))).isEqualTo(value);
      assertThat(intOf(XXH64.hashInt((int) value, SEED))).isEqualTo((int) value);
    }
  }

  private static long longOf(long hash) {
    long mixed = Long.rotateRight((unmixed(hash) - P4) * inverse(P1), 27);
    return Long.rotateRight((mixed ^ (SEED + P5 + 8)) * inverse(P1), 31) * inverse(P2);
  }

  private static int intOf(long hash) {
    long mixed = Long.rotateRight((unmixed(hash) - P3) * inverse(P2), 23);
    return (int) ((mixed ^ (SEED + P5 + 4)) * inverse(P1));
  }

  /** Undoes the last three steps of every xxHash64. */
  private static long unmixed(long hash) {
    long first = unshifted(hash, 32) * inverse(P3);
    return unshifted(unshifted(first, 29) * inverse(P2), 33);
  }

  /** The x of {@code x ^ (x >>> bits)}. */
  private static long unshifted(long value, int bits) {
    long undone = value;
    for (int known = bits; known < Long.SIZE; known += bits) {
      undone = value ^ (undone >>> bits);
    }
    return undone;
  }

  /** Modulo 2^64, by Newton's iteration: each step doubles the right bits, three at first. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int bits = 3; bits < Long.SIZE; bits *= 2) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  /** Tables are laid out by the hash that Spark computes. */
  @Test
  void theHashOfARowIsTheOneThatSparkComputes() {
    Random random = new Random(2);
    List<Primitive> types =
        List.of(
            Primitive.BOOLEAN, Primitive.INT, Primitive.BIGINT, Primitive.STRING, Primitive.DATE);
    for (int i = 0; i < 2_000; i++) {
      Primitive[] chosen =
          random
              .ints(random.nextInt(4), 0, types.size())
              .mapToObj(types::get)
              .toArray(Primitive[]::new);
      Object[] values = Arrays.stream(chosen).map(type -> value(type, random)).toArray();

      assertThat(keys(chosen).hashOf(new GenericInternalRow(values)))
          .isEqualTo(bySpark(chosen, values));
    }
  }

  private static Object value(Primitive type, Random random) {
    return switch (type) {
      case BOOLEAN -> random.nextBoolean();
      case INT, DATE -> random.nextInt();
      case BIGINT -> random.nextLong();
      default -> UTF8String.fromString("é東😀 ab".repeat(random.nextInt(9)) + random.nextInt());
    };
  }

  private static Object bySpark(Primitive[] types, Object[] values) {
    if (types.length == 0) {
      return 0L; // as KeyBuckets says
    }
    List<Expression> literals = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      literals.add(Literal.create(values[i], SparkTypes.of(types[i])));
    }
    return new XxHash64(CollectionConverters.asScala(literals).toSeq()).eval(null);
  }

  @Test
  void textsAndSeveralKeysAreComparedToo() {
    assertThat(keys(Primitive.BIGINT).areToldByHash()).isTrue();
    assertThat(keys(Primitive.DATE).areToldByHash()).isTrue();
    assertThat(keys(Primitive.STRING).areToldByHash()).isFalse();
    assertThat(keys(Primitive.INT, Primitive.INT).areToldByHash()).isFalse();
    assertThat(keys().areToldByHash()).isFalse();
  }

  private static RowKeys keys(DataType... types) {
    return new RowKeys(Arrays.stream(types).map(type -> new Field("key", type)).toList());
  }
}
