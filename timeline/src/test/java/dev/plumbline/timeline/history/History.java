package dev.plumbline.timeline.history;

import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.Grid;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.run.ChunkSize;
import dev.plumbline.timeline.run.NextRun;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.run.PublicationPlanner;
import dev.plumbline.timeline.run.RemainingBackfill;
import dev.plumbline.timeline.run.RunPlanner;
import dev.plumbline.timeline.run.RunRefusedException;
import dev.plumbline.type.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One random life of a view: backfills in chunks, stopped, resumed and again, live runs with and
 * without lookback, pushes that are stopped and begun again, a store that is lost or put back, a
 * clock that steps back, and readers all the while. The same seed gives the same history.
 */
public final class History {
  private final Scenario scenario;
  private final HeadStore store;
  private final Set<Rule> off;
  private final Random random;
  private final OfflineView view;
  private final Reader reader;
  private final List<Reading> readings = new ArrayList<>();
  private @Nullable Push push;
  private @Nullable Backup backup;

  /** Passes with the source; the clock may lag behind it. */
  private long tick;

  private long skew;

  /** Stamp of the first run of the backfill that was asked for last. */
  private long requestedSince;

  private History(Scenario scenario, HeadStore store, Set<Rule> off, Random random) {
    this.scenario = scenario;
    this.store = store;
    this.off = off;
    this.random = random;
    this.view = new OfflineView(scenario, off);
    this.reader = new Reader(store, new AsOfRule(scenario.timing()), off);
  }

  /**
   * Plays the history of {@code seed}.
   *
   * @param store empty
   * @param off rules to play without
   */
  public static Verdict play(long seed, HeadStore store, Set<Rule> off) {
    Random random = new Random(seed);
    Scenario scenario = Scenario.random(random);
    History history = new History(scenario, store, off, random);
    history.live();
    return new Judge(scenario, history.view, history.readings, off).verdict();
  }

  private void live() {
    tick = 20 + random.nextInt((int) scenario.end() / 2 - 20);
    if (random.nextInt(10) > 0) {
      backfills();
    }
    while (tick < scenario.end()) {
      act();
      Scenario.ENTITIES.forEach(this::read);
      tick += random.nextInt(10) < 7 ? List.of(1, 1, 2, 5).get(random.nextInt(4)) : 0;
    }
    endPush();
  }

  private void endPush() {
    while (view.ledger().last().filter(run -> run.publishedAt().isEmpty()).isPresent()) {
      resume();
      push = push == null && isWhole() ? newPush() : push;
      continuePush(50);
      Scenario.ENTITIES.forEach(this::read);
      tick++;
    }
  }

  private Push newPush() {
    return new Push(
        view, store, new PublicationPlanner(scenario.timing(), view.ledger()), random, off);
  }

  private long clock() {
    return tick - skew;
  }

  private RunPlanner planner() {
    return new RunPlanner(scenario.timing(), view.ledger(), view.nextStamp(clock()));
  }

  private void backfills() {
    long every = scenario.timing().grid().step();
    long from = every * random.nextInt(3);
    for (int requests = 1 + random.nextInt(4); requests > 0; requests--) {
      long last = view.ledger().lastRefresh().orElse(from - every);
      long due = scenario.timing().newestDue(clock());
      long to = between(Math.max(from, last), due);
      if (to >= Math.max(from, last)) {
        long start = random.nextBoolean() ? last + every : between(from - 3 * every, last + every);
        backfill(new Refreshes(Math.min(start, to), to));
      }
      if (random.nextInt(3) > 0) {
        resume();
      }
      tick += random.nextInt(7);
    }
  }

  /** Asks again for what was stopped, and sometimes for more. */
  private void resume() {
    Refreshes asked = view.ledger().last().filter(Run::isUnfinished).map(Run::asked).orElse(null);
    long due = scenario.timing().newestDue(clock());
    if (asked != null && asked.last() <= due) {
      long to = random.nextBoolean() ? asked.last() : between(asked.last(), due);
      backfill(new Refreshes(asked.first(), to));
    }
  }

  /** In chunks, of which any may be the last before a kill. */
  private void backfill(Refreshes asked) {
    Grid grid = scenario.timing().grid();
    RemainingBackfill rest = planner().remaining(asked, clock());
    if (off.contains(Rule.REPEAT_IN_ONE_RUN)) {
      rest = new RemainingBackfill(rest.asked(), rest.from(), rest.from());
    }
    ChunkSize size =
        random.nextInt(3) == 0
            ? new ChunkSize.Whole()
            : new ChunkSize.Lasting(grid, grid.every().multipliedBy(1 + random.nextInt(6)));
    for (Refreshes chunk : rest.chunks(grid, size)) {
      if (random.nextInt(6) == 0) {
        return; // killed
      }
      if (chunk.first() == asked.first()) {
        requestedSince = view.nextStamp(clock());
      }
      view.commit(chunk(rest.asked(), chunk), tick);
      tick += random.nextInt(3);
    }
    requireComputed(asked);
  }

  private PlannedRun.Backfill chunk(Refreshes asked, Refreshes chunk) {
    return off.contains(Rule.REPEAT_IN_ONE_RUN)
        ? new PlannedRun.Backfill(view.nextStamp(clock()), chunk.first(), chunk.last(), asked)
        : planner().chunk(asked, chunk, clock());
  }

  /** Every refresh that was asked for was computed since then, however often that was stopped. */
  private void requireComputed(Refreshes asked) {
    long every = scenario.timing().grid().step();
    for (long at = asked.first(); at <= asked.last(); at += every) {
      long refresh = at;
      if (view.ledger().runs().stream()
          .filter(run -> run.stamp() >= requestedSince)
          .noneMatch(run -> run.firstRefresh() <= refresh && refresh <= run.lastRefresh())) {
        view.violations().add("asked: %s, but %d was not computed".formatted(asked, refresh));
      }
    }
  }

  /** A grid point of the interval; below it if it is empty. */
  private long between(long from, long to) {
    long every = scenario.timing().grid().step();
    return to < from ? from - 1 : from + every * random.nextInt((int) ((to - from) / every) + 1);
  }

  private void act() {
    int chance = random.nextInt(100);
    if (chance < 2) {
      loseStore();
    } else if (chance < 3) {
      restoreStore();
    } else if (chance < 4) {
      backup = Backup.of(store);
    } else if (chance < 6) {
      skew = random.nextBoolean() ? 0 : random.nextInt(25);
    } else if (push != null) {
      continuePush(chance);
    } else if (chance < 47) {
      nextRun();
    } else if (chance < 49) {
      requireRefusal();
    }
  }

  private void loseStore() {
    if (!isPublicationUnknownToTheLedger()) {
      store.lose();
      push = null;
    }
  }

  /** An old copy of the store takes its place; never in the middle of a request, which it ends. */
  private void restoreStore() {
    if (backup != null && !isPublicationUnknownToTheLedger()) {
      backup.restore(store);
      push = null;
    }
  }

  /** Lost between marker and ledger, the instant of a publication would be gone for good. */
  private boolean isPublicationUnknownToTheLedger() {
    return view.ledger()
        .last()
        .filter(run -> run.publishedAt().isEmpty())
        .filter(run -> store.marker().filter(m -> m.createdAt() == run.stamp()).isPresent())
        .isPresent();
  }

  private void continuePush(int chance) {
    if (push == null) {
      return;
    }
    if (chance < 10) {
      push = null; // killed
      return;
    }
    push.step(clock());
    if (push.isEnded()) {
      push = null;
    }
  }

  private void nextRun() {
    OptionalInt lookback =
        random.nextInt(3) == 0
            ? OptionalInt.empty()
            : OptionalInt.of(List.of(0, 1, 3, 6).get(random.nextInt(4)));
    if (!scenario.isWindowed() && !scenario.isBounded()) {
      lookback = OptionalInt.empty();
    }
    NextRun next = planner().next(clock(), lookback);
    if (next instanceof NextRun.Refresh refresh) {
      view.commit(refresh.run(), tick);
    }
    if (next instanceof NextRun.FinishBackfill) {
      resume();
    }
    boolean killedBeforePush = random.nextInt(10) == 0;
    if (isWhole() && !killedBeforePush) {
      push = newPush();
    }
  }

  private boolean isWhole() {
    return view.ledger().last().filter(run -> !run.isUnfinished()).isPresent();
  }

  private void requireRefusal() {
    Ledger ledger = view.ledger();
    if (ledger.isLive()) {
      long last = ledger.lastRefresh().orElseThrow();
      try {
        PlannedRun run = planner().backfill(ledger.firstRefresh().orElseThrow(), last, clock());
        view.violations().add("backfill: %s is allowed after publication".formatted(run));
      } catch (RunRefusedException expected) {
        // as it should be
      }
    }
  }

  private void read(Bytes entity) {
    reader.read(entity, clock(), this::meanwhile).ifPresent(readings::add);
  }

  private void meanwhile() {
    int chance = random.nextInt(100);
    if (chance < 10) {
      for (int steps = 1 + random.nextInt(5); steps > 0; steps--) {
        continuePush(50);
      }
    } else if (chance < 11) {
      loseStore();
    }
  }
}
