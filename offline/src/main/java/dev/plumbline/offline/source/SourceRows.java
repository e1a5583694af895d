package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a source as they were found when it was opened.
 *
 * @param rows the declared columns, in order and of the declared types
 * @param quarantined bad rows of the whole source that are not among them; exact
 * @param withoutTime those among them that have no event time, which no refresh sees; exact
 */
public record SourceRows(Source source, Dataset<Row> rows, long quarantined, long withoutTime) {}
