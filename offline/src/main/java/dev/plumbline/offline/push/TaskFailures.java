package dev.plumbline.offline.push;

import dev.plumbline.store.StoreUnavailableException;
import java.util.function.Supplier;

/** What went wrong in a task, without what Spark wraps around it. */
final class TaskFailures {
  private TaskFailures() {}

  /**
   * The result of work in tasks; if the store failed them, or their time was up, that is thrown.
   */
  static <T> T unwrapped(Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) { // Scala throws checked ones too
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof PushOverdueException overdue) {
          throw overdue;
        }
        if (cause instanceof StoreUnavailableException unavailable) {
          throw unavailable;
        }
      }
      throw e;
    }
  }
}
