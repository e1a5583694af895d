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
    Column bucket =
        keys.isEmpty()
            ? lit(0)
            : pmod(xxhash64(keys.toArray(Column[]::new)), lit(FeatureTable.BUCKETS));
    return bucket.cast(DataTypes.IntegerType);
  }
}
