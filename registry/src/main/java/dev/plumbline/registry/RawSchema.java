package dev.plumbline.registry;

import dev.plumbline.definition.Source;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The raw columns of a source as they were seen once.
 *
 * @param readAs how they came about: the format, with a database also its query. Columns of
 *     something else say nothing of it
 * @param place where the data lay, for people
 * @param columns names and types, as Spark's JSON of a schema
 * @param part what was looked at, where that was not everything
 */
public record RawSchema(
    String source,
    String readAs,
    String place,
    String columns,
    Optional<String> part,
    Instant seenAt) {
  /** How raw columns of {@code source} come about. */
  public static String readAs(Source source) {
    String format = source.format().name().toLowerCase(Locale.ROOT);
    boolean foreign = source.format() == Source.Format.JDBC;
    return source.query().filter(sql -> foreign).map(sql -> format + ": " + sql).orElse(format);
  }
}
