package dev.plumbline.definition.yaml;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads mutations of good definitions in a JVM of its own, which may be short of memory. Arguments:
 * the first seed, and how many. It ends with 0 if each was a revision or a list of problems.
 */
final class MutationRun {
  /** Of processor time for one, in milliseconds; the first one loads all classes. */
  private static final long MOST_CPU = 20_000;

  /** For one on a machine that does other things too. */
  private static final int MOST_SECONDS = 600;

  private static final List<String> TEXTS =
      List.of(FlightsExample.text(), FlightsExample.resource("shop.yaml"));

  private static final Pattern DECLARED =
      Pattern.compile(
          "(?m)^(?:entity|source|feature_view|on_demand_view|feature_service|dataset): *(\\w+)");

  private MutationRun() {}

  public static void main(String[] arguments) throws Exception {
    long first = Long.parseLong(arguments[0]);
    long end = first + Long.parseLong(arguments[1]);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Thread reader = pool.submit(Thread::currentThread).get();
    int revisions = 0;
    long slowest = 0;
    long slowestSeed = first;
    for (long seed = first; seed < end; seed++) {
      long before = cpuMillis(reader);
      revisions += bounded(pool, reader, seed) ? 1 : 0;
      long took = cpuMillis(reader) - before;
      slowestSeed = took > slowest ? seed : slowestSeed;
      slowest = Math.max(slowest, took);
    }
    System.out.printf(
        "%d mutations: %d revisions, the slowest (%d) took %d ms of processor time, heap of at most %d MB, %d MB of it used%n",
        end - first,
        revisions,
        slowestSeed,
        slowest,
        Runtime.getRuntime().maxMemory() >> 20,
        peakHeap() >> 20);
    System.exit(0);
  }

  /** At most, in bytes: pools may have had most at different times. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static boolean bounded(ExecutorService pool, Thread reader, long seed)
      throws InterruptedException {
    long before = cpuMillis(reader);
    Future<Boolean> read = pool.submit(() -> isRevision(seed));
    for (int seconds = 0;
        seconds < MOST_SECONDS && cpuMillis(reader) - before < MOST_CPU;
        seconds++) {
      try {
        return read.get(1, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        System.out.println("seed " + seed + ":");
        e.getCause().printStackTrace(System.out);
        System.exit(1);
      } catch (TimeoutException e) {
        // it may have more time
      }
    }
    System.out.println("seed " + seed + " takes too long, here:");
    Stream.of(reader.getStackTrace()).forEach(frame -> System.out.println("\tat " + frame));
    System.exit(1);
    return false;
  }

  private static long cpuMillis(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) / 1_000_000;
  }

  private static boolean isRevision(long seed) {
    String text = Mutation.of(part(new Random(seed)), seed);
    try {
      FlightsExample.load(text);
      return true;
    } catch (InvalidDefinitionsException e) {
      e.problems().forEach(MutationRun::check);
      return false;
    }
  }

  /** One document of an example and all that it refers to; one time in ten the whole example. */
  private static String part(Random random) {
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    if (random.nextInt(10) == 0) {
      return text;
    }
    List<String> documents = List.of(text.split("\n---\n"));
    Set<String> part = new LinkedHashSet<>();
    part.add(documents.get(random.nextInt(documents.size())));
    for (int before = 0; before < part.size(); ) {
      before = part.size();
      String all = String.join("\n", part);
      documents.stream().filter(each -> isNamedIn(each, all)).forEach(part::add);
    }
    return String.join("\n---\n", part);
  }

  private static boolean isNamedIn(String document, String text) {
    Matcher declared = DECLARED.matcher(document);
    return declared.find()
        && Pattern.compile("\\b" + declared.group(1) + "\\b").matcher(text).find();
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
