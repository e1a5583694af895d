package dev.plumbline.online;

import dev.plumbline.store.ReadBatch;
import java.util.ArrayDeque;
import java.util.Deque;

/** The memory of one call: what it looks up, what is known of that, and the reply. */
record CallBuffers(ReadBatch batch, EntityAnswers answers, ReplyWriter replies) {
  private static CallBuffers create() {
    ReadBatch batch = new ReadBatch();
    EntityAnswers answers = new EntityAnswers(batch);
    return new CallBuffers(batch, answers, new ReplyWriter(answers, batch));
  }

  /** Memory that is used by one call after the other. Thread-safe. */
  static final class Pool {
    private static final int MOST_IDLE = 256;

    /** Larger ones are rare, and left to the garbage collector. */
    private static final int MOST_BYTES = 1 << 20;

    private final Deque<CallBuffers> idle = new ArrayDeque<>();

    synchronized CallBuffers take() {
      return idle.isEmpty() ? create() : idle.pop();
    }

    /** Takes back what nothing writes to any more. */
    synchronized void giveBack(CallBuffers used) {
      if (idle.size() < MOST_IDLE
          && used.batch.array().length + used.replies.room() <= MOST_BYTES) {
        idle.push(used);
      }
    }
  }
}
