package dev.plumbline.offline;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * In what the records of a view in the online store differ from the heads of its log.
 *
 * @param compared entities of the log
 * @param counts of each kind that there is
 * @param examples of each kind a few
 */
public record RecordDifferences(long compared, Map<Kind, Long> counts, List<Example> examples)
    implements Serializable {
  private static final int EXAMPLES_OF_A_KIND = 3;

  public static final RecordDifferences NONE = new RecordDifferences(0, Map.of(), List.of());

  public RecordDifferences {
    counts = Map.copyOf(counts);
    examples = List.copyOf(examples);
  }

  /** How a record can differ. */
  public enum Kind {
    /** The log has a row and the store nothing, though the row's time there is not over. */
    ABSENT,
    /** Bytes that are no record of this entity and view. */
    DAMAGED,
    /** A row before the log's newest. */
    OLDER,
    /** A row after the log's newest: one that the log does not have. */
    NEWER,
    /** Other values under the times of the log's newest row. */
    DIFFERENT,
    /** An entity that the log does not have. */
    FOREIGN
  }

  /**
   * One difference.
   *
   * @param entity its keys and their values, for people
   * @param detail what was found, and what the log says
   */
  public record Example(Kind kind, String entity, String detail) implements Serializable {}

  public static RecordDifferences one(Kind kind, String entity, String detail) {
    return new RecordDifferences(0, Map.of(kind, 1L), List.of(new Example(kind, entity, detail)));
  }

  /** All entities of the log and no difference. */
  public static RecordDifferences none(long compared) {
    return new RecordDifferences(compared, Map.of(), List.of());
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  public RecordDifferences plus(RecordDifferences other) {
    if (other.counts.isEmpty()) {
      return new RecordDifferences(compared + other.compared, counts, examples);
    }
    Map<Kind, Long> sums = new EnumMap<>(Kind.class);
    sums.putAll(counts);
    other.counts.forEach((kind, count) -> sums.merge(kind, count, Long::sum));
    List<Example> few = new ArrayList<>(examples);
    other.examples.stream()
        .filter(
            more ->
                few.stream().filter(one -> one.kind() == more.kind()).count() < EXAMPLES_OF_A_KIND)
        .forEach(few::add);
    return new RecordDifferences(compared + other.compared, sums, few);
  }
}
