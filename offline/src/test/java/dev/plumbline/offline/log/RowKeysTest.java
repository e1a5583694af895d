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

  /** A hash from which the key can be computed again belongs to no other key. */
  @Test
  void aKeyOfOneNumberCanBeReadOutOfItsHash() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long value = i < 1_000 ? i - 500 : random.nextLong();

      assertThat(InvertedHash.longOf(XXH64.hashLong(value, SEED), SEED)).isEqualTo(value);
      assertThat(InvertedHash.intOf(XXH64.hashInt((int) value, SEED), SEED)).isEqualTo((int) value);
    }
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
