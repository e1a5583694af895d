package dev.plumbline.bench.store;

import dev.plumbline.store.OnlineStore;
import java.util.Arrays;
import java.util.List;

/** A way to bring rows into Redis. */
interface Writer {
  String name();

  void write(Rows rows);

  /** What is held under a key after {@code wrote} came to where {@code held} was. */
  Entry outcome(Entry held, Entry wrote);

  /** The product's own: encodes, and writes where the row held is older. */
  record CompareAndSet(OnlineStore store) implements Writer {
    static final String NAME = "plumbline";

    /** Where in a record its times lie; they compare as unsigned bytes. */
    private static final int TIMES_FROM = 1;

    private static final int TIMES_TO = 24;

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void write(Rows rows) {
      store.write(rows.view(), rows.records().iterator());
    }

    @Override
    public Entry outcome(Entry held, Entry wrote) {
      int order =
          Arrays.compareUnsigned(
              held.value(), TIMES_FROM, TIMES_TO, wrote.value(), TIMES_FROM, TIMES_TO);
      return order < 0 ? wrote : held;
    }
  }

  /** One {@code SET} for each row, already encoded, in as many pipelines; whatever is held. */
  record PipelinedSet(PlainRedis redis) implements Writer {
    static final String NAME = "pipelined-set";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void write(Rows rows) {
      redis.set(rows.entries());
    }

    @Override
    public Entry outcome(Entry held, Entry wrote) {
      return wrote;
    }
  }

  static List<Writer> all(OnlineStore store, PlainRedis redis) {
    return List.of(new CompareAndSet(store), new PipelinedSet(redis));
  }
}
