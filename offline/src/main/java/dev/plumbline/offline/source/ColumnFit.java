package dev.plumbline.offline.source;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.SourceQuery;

/** What became of a declared column that was looked for in the raw ones. */
sealed interface ColumnFit {
  /** It is there, or can be made of what is there. */
  record Fits(Source.Column column, Way way) implements ColumnFit {}

  /**
   * It is not.
   *
   * @param part what of its declaration is at odds with the data
   * @param offset in the expression, in characters from 0; elsewhere 0
   * @param complaint what was found, what is declared, and what to do
   */
  record Misfit(Source.Column column, Part part, int offset, Complaint complaint)
      implements ColumnFit {
    /** For whoever has the declaration, but not its file, at hand. */
    String describe() {
      return part == Part.EXPR
          ? "column '%s': expr:%s: %s"
              .formatted(
                  column.name(),
                  SourceQuery.place(column.expr().orElseThrow(), offset),
                  complaint.text())
          : complaint.text();
    }
  }

  /** How raw values become declared ones. */
  enum Way {
    AS_THEY_ARE,
    /** To a type that holds them all. */
    WIDENED,
    /** Of a timestamp or a date without a zone, in that of the source. */
    OUT_OF_LOCAL_TIME,
    /** Of a text that may be anything. */
    OUT_OF_TEXT
  }

  /** A part of a declaration. */
  enum Part {
    NAME,
    TYPE,
    EXPR
  }
}
