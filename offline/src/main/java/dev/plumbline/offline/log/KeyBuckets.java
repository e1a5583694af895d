package dev.plumbline.offline.log;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which bucket of a table an entity lies in: {@code xxhash64} of its keys, in order and in their
 * declared types, modulo the number of buckets. Tables are laid out by it, so it never changes.
 */
public final class KeyBuckets {
  private KeyBuckets() {}

  /** The bucket of the entity with these keys, an int. */
  public static Column of(List<Column> keys) {
    return ofHash(hash(keys));
  }

  /** The hash of the keys of an entity, a bigint. */
  public static Column hash(List<Column> keys) {
    return keys.isEmpty() ? lit(0L) : xxhash64(keys.toArray(Column[]::new));
  }

  /** The bucket of the entity whose keys have this hash, an int. */
  public static Column ofHash(Column hash) {
    return pmod(hash, lit(FeatureTable.BUCKETS)).cast(DataTypes.IntegerType);
  }
}
