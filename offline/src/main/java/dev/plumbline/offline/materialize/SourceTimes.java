package dev.plumbline.offline.materialize;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.Grid;
import dev.plumbline.timeline.run.RowsInTime;
import dev.plumbline.type.Micros;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How large a source is, and how many rows it has at which times; reads event times alone. */
final class SourceTimes {
  /** As fine as is useful to cut an interval. */
  private static final long BINS = 4_096;

  private static final String EVENT = "_event";
  private static final String BIN = "_bin";

  private final SourceReader sources;
  private final Source source;

  SourceTimes(SourceReader sources, Source source) {
    this.sources = sources;
    this.source = source;
  }

  /** Bytes of the source as it is stored, without reading it; huge if that is not known. */
  long bytes() {
    return sources.bytes(source);
  }

  /**
   * Counts the rows with an event time before {@code to}. Those before {@code from} count as one
   * bin that begins before it.
   */
  RowsInTime count(long from, long to, Grid grid) {
    long width = grid.step() * Math.max(1, (to - from) / grid.step() / BINS);
    Dataset<Row> bins =
        sources
            .read(source)
            .select(eventTime().as(EVENT))
            .where(col(EVENT).lt(to))
            .groupBy(
                expr("case when %1$s >= %2$dL then floor(%1$s / %3$dL) end"
                        .formatted(EVENT, from, width))
                    .as(BIN))
            .agg(functions.count(lit(1)));
    TreeMap<Long, Long> counts = new TreeMap<>();
    try {
      for (Row bin : bins.collectAsList()) {
        counts.put(
            bin.isNullAt(0) ? from - 1 : Math.max(from, bin.getLong(0) * width), bin.getLong(1));
      }
    } catch (Exception e) { // Scala throws checked ones too
      throw sources.explained(source, e);
    }
    return new RowsInTime(counts);
  }

  private Column eventTime() {
    return source.eventTime() instanceof EventTime.ByColumn column
        ? unix_micros(col("`" + column.column() + "`"))
        : lit(Micros.of(((EventTime.Constant) source.eventTime()).instant()));
  }
}
