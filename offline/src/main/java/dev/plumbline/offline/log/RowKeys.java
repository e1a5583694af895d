package dev.plumbline.offline.log;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;

/**
 * Which entity rows are of: their first columns are its keys. Rows that are sorted by the hash of
 * the keys carry it as their last column, {@link #HASH}.
 *
 * <p>Rows are brought together by the hash alone. One bigint is what Spark sorts in linear time;
 * rows of different entities that share a hash are told apart here.
 */
public final class RowKeys implements Serializable {
  private static final long serialVersionUID = 1;

  /** The column of {@link KeyBuckets#hash}, behind all others. */
  public static final String HASH = "_hash";

  /** Spark's seed of {@code xxhash64}. */
  private static final long SEED = 42;

  private final DataType[] types;
  private final boolean isTold;

  public RowKeys(List<Field> keys) {
    types = keys.stream().map(Field::type).toArray(DataType[]::new);
    isTold = types.length == 1 && types[0] != Primitive.STRING;
  }

  /** The hash that a row carries. */
  public static long hash(InternalRow row) {
    return row.getLong(row.numFields() - 1);
  }

  /** The bucket that a row lies in that carries its hash. */
  public static int bucket(InternalRow row) {
    return (int) Math.floorMod(hash(row), (long) FeatureTable.BUCKETS);
  }

  /**
   * Whether rows of one hash are of one entity, without a look at their keys. xxHash64 of one value
   * of 32 or 64 bits multiplies by odd numbers, rotates, and adds and xors what is known: each step
   * can be undone ({@code RowKeysTest} does it), so no two values share a hash.
   */
  public boolean areToldByHash() {
    return isTold;
  }

  /** Whether both rows are of one entity. Keys are not null. */
  public boolean same(InternalRow one, InternalRow other) {
    for (int i = 0; i < types.length; i++) {
      if (!same(one, other, i, (Primitive) types[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(InternalRow one, InternalRow other, int at, Primitive type) {
    return switch (type) {
      case BOOLEAN -> one.getBoolean(at) == other.getBoolean(at);
      case INT, DATE -> one.getInt(at) == other.getInt(at);
      case BIGINT -> one.getLong(at) == other.getLong(at);
      case STRING -> one.getUTF8String(at).equals(other.getUTF8String(at));
      default -> throw notOfKeys(type);
    };
  }

  /** The hash of the row's keys, which are not null, as {@link KeyBuckets#hash} has it. */
  public long hashOf(InternalRow row) {
    long hash = types.length == 0 ? 0 : SEED;
    for (int i = 0; i < types.length; i++) {
      hash = hash(row, i, (Primitive) types[i], hash);
    }
    return hash;
  }

  private static long hash(InternalRow row, int at, Primitive type, long seed) {
    return switch (type) {
      case BOOLEAN -> XXH64.hashInt(row.getBoolean(at) ? 1 : 0, seed);
      case INT, DATE -> XXH64.hashInt(row.getInt(at), seed);
      case BIGINT -> XXH64.hashLong(row.getLong(at), seed);
      case STRING -> XXH64.hashUTF8String(row.getUTF8String(at), seed);
      default -> throw notOfKeys(type);
    };
  }

  private static IllegalArgumentException notOfKeys(Primitive type) {
    return new IllegalArgumentException(type + " is not a type of keys");
  }

  /** Whether any key of the row is null. */
  public boolean hasNull(InternalRow row) {
    for (int i = 0; i < types.length; i++) {
      if (row.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }
}
