package dev.plumbline.offline.source;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text with the file and the block that they stand in, turned into file, line number,
 * text, fault and raw values. Blank lines are passed over.
 *
 * @param partitions how many columns stand behind the text of a line, from the names of folders
 */
record LinesOfFiles(LineFormat format, int partitions)
    implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  /** Columns before the raw values: file, line, text, fault. */
  static final int PLACE = 4;

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> lines) {
    return new Rows(lines);
  }

  private final class Rows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> lines;
    private UTF8String file = UTF8String.EMPTY_UTF8;
    private long block = -1;

    /** Of the line read last; it is known in the first block of a file only. */
    private long number;

    private boolean named;
    private @Nullable InternalRow next;

    Rows(Iterator<InternalRow> lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      while (next == null && lines.hasNext()) {
        next = row(lines.next());
      }
      return next != null;
    }

    @Override
    public InternalRow next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      InternalRow row = next;
      next = null;
      return row;
    }

    private @Nullable InternalRow row(InternalRow line) {
      if (block != line.getLong(1) || !file.equals(line.getUTF8String(0))) {
        file = line.getUTF8String(0).clone();
        block = line.getLong(1);
        number = 0;
        named = block != 0 || format.firstLine() == LineFormat.FirstLine.VALUES;
      }
      number++;
      String text = withoutMark(line.getUTF8String(2).toString());
      if (text.isBlank()) {
        return null;
      }
      if (!named) {
        named = true;
        return null;
      }
      return row(line, text);
    }

    /** A byte order mark is no part of a file's first value. */
    private String withoutMark(String text) {
      return block == 0 && number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private InternalRow row(InternalRow line, String text) {
      @Nullable Object[] row = new @Nullable Object[PLACE + format.width() + partitions];
      row[0] = file;
      row[1] = block == 0 ? (Long) number : null;
      row[2] = UTF8String.fromString(text);
      row[3] = UTF8String.fromString(fault(line.getUTF8String(2), text, row));
      for (int i = 0; i < partitions; i++) {
        UTF8String value = line.getUTF8String(3 + i);
        row[PLACE + format.width() + i] = value == null ? null : value.clone();
      }
      return new GenericInternalRow(row);
    }

    /** Bytes that are no characters would all become the same one, and two keys one. */
    private @Nullable String fault(UTF8String bytes, String text, @Nullable Object[] row) {
      return bytes.isValid()
          ? format.read(text, row, PLACE)
          : "the line is not UTF-8, from character %d on".formatted(text.indexOf('\uFFFD') + 1);
    }
  }
}
