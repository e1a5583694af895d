package dev.plumbline.store;

import dev.plumbline.type.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * About how many records a view has, and whose some of them are.
 *
 * @param records counted, or told from a sample of all keys of the store
 * @param entityKeys of at most {@link #KEYS} of them, some perhaps more than once
 */
public record RecordSample(long records, List<Bytes> entityKeys) {
  static final int KEYS = 1_000;

  static final RecordSample NOTHING = new RecordSample(0, List.of());

  public RecordSample {
    entityKeys = List.copyOf(entityKeys);
  }

  static RecordSample counted(Iterator<Bytes> all) {
    long records = 0;
    List<Bytes> some = new ArrayList<>();
    for (; all.hasNext(); records++) {
      Bytes key = all.next();
      if (some.size() < KEYS) {
        some.add(key);
      }
    }
    return new RecordSample(records, some);
  }

  RecordSample plus(RecordSample other) {
    List<Bytes> both = new ArrayList<>(entityKeys);
    both.addAll(other.entityKeys);
    return new RecordSample(records + other.records, both);
  }
}
