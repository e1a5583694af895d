package dev.plumbline.definition.yaml;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads mutations of good definitions in a JVM of its own, which may be short of memory. Arguments:
 * the first seed, and how many. It ends with 0 if each was a revision or a list of problems.
 */
final class MutationRun {
  /** For one; a machine that does other things too takes a second at most. */
  private static final int MOST_SECONDS = 60;

  private static final List<String> TEXTS =
      List.of(FlightsExample.text(), FlightsExample.resource("shop.yaml"));

  private MutationRun() {}

  public static void main(String[] arguments) throws InterruptedException {
    long first = Long.parseLong(arguments[0]);
    long end = first + Long.parseLong(arguments[1]);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    int revisions = 0;
    long slowest = 0;
    for (long seed = first; seed < end; seed++) {
      long from = System.nanoTime();
      revisions += bounded(reader, seed) ? 1 : 0;
      slowest = Math.max(slowest, System.nanoTime() - from);
    }
    System.out.printf(
        "%d mutations: %d revisions, the slowest took %d ms, %d MB of heap at most%n",
        end - first, revisions, slowest / 1_000_000, Runtime.getRuntime().maxMemory() >> 20);
    System.exit(0);
  }

  private static boolean bounded(ExecutorService reader, long seed) throws InterruptedException {
    Future<Boolean> read = reader.submit(() -> isRevision(seed));
    try {
      return read.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      System.out.println("seed " + seed + ":");
      e.getCause().printStackTrace(System.out);
    } catch (TimeoutException e) {
      System.out.println("seed " + seed + " takes more than " + MOST_SECONDS + " s:");
      Thread.getAllStackTraces()
          .forEach((thread, frames) -> System.out.println(thread + " " + List.of(frames)));
    }
    System.exit(1);
    return false;
  }

  private static boolean isRevision(long seed) {
    String text = Mutation.of(TEXTS.get((int) (seed % TEXTS.size())), seed);
    try {
      FlightsExample.load(text);
      return true;
    } catch (InvalidDefinitionsException e) {
      e.problems().forEach(MutationRun::check);
      return false;
    }
  }

  private static void check(Problem problem) {
    boolean sound =
        problem.line() >= 1
            && problem.column() >= 1
            && problem.toString().lines().count() == 1
            && problem.toString().length() < 20_000;
    if (!sound) {
      throw new IllegalStateException("not a problem that can be read: " + problem);
    }
  }
}
