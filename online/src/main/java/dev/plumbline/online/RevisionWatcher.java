package dev.plumbline.online;

import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.PublishedRevision;
import dev.plumbline.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the model of the registry revision that is published: looks for another one every second,
 * prepares it aside, and swaps it in whole. A revision that cannot be served leaves the one before
 * in place, and so does one that is lost.
 */
final class RevisionWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RevisionWatcher.class);

  /** Where the watcher tells how it fares. */
  interface Listener {
    /** The published revision is served. */
    void served(String fingerprint);

    /** The published revision cannot be served. */
    void refused(String fingerprint);

    /** Nothing that can be read is published any more. */
    void lost();
  }

  /** What a call finds: a model and perhaps the one before it, or why there is none. */
  private record State(
      @Nullable ServingModel model, @Nullable ServingModel before, String problem) {
    /** The state in which {@code next} is served. A revision may be published again as it was. */
    State then(ServingModel next) {
      boolean again = model != null && model.fingerprint().equals(next.fingerprint());
      return new State(next, again ? before : model, "");
    }

    ServingModel orRefuse() {
      if (model == null) {
        throw new CallException.NotReady(problem);
      }
      return model;
    }
  }

  private final String project;
  private final OnlineStore store;
  private final Function<PublishedRevision, ServingModel> compiler;
  private final Listener listener;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "plumbline-revisions");
            thread.setDaemon(true);
            return thread;
          });

  /** The published one, whether it can be served or not; null: there is none. */
  private @Nullable PublishedRevision seen;

  private volatile State state;

  /**
   * A watcher that has not looked yet.
   *
   * @param compiler may take seconds, and throws what is wrong with a revision
   */
  RevisionWatcher(
      String project,
      OnlineStore store,
      Function<PublishedRevision, ServingModel> compiler,
      Listener listener) {
    this.project = project;
    this.store = store;
    this.compiler = compiler;
    this.listener = listener;
    this.state = new State(null, null, noneYet());
  }

  /** Looks once in this thread, then again and again in its own. */
  void start(Duration every) {
    look();
    var unused =
        executor.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The model to serve now.
   *
   * @throws CallException.NotReady if there never was one
   */
  ServingModel newest() {
    return state.orRefuse();
  }

  /**
   * The model of a registry revision: the one to serve now, or the last one before it, so that
   * callers who name one have time to follow.
   *
   * @throws CallException.NotReady if there never was one
   * @throws CallException.NotServed if it is neither
   */
  ServingModel pinned(String fingerprint) {
    State now = state;
    ServingModel served = now.orRefuse();
    if (served.fingerprint().equals(fingerprint)) {
      return served;
    }
    ServingModel before = now.before();
    if (before != null && before.fingerprint().equals(fingerprint)) {
      return before;
    }
    throw new CallException.NotServed(
        "registry_revision",
        "'%s' is not served (expected: %s%s); name one of these, or none"
            .formatted(
                fingerprint,
                served.fingerprint(),
                before == null ? "" : ", or the last one before it, " + before.fingerprint()));
  }

  private void look() {
    try {
      Optional<PublishedRevision> found = store.revision(project).toCompletableFuture().get();
      if (found.isEmpty()) {
        lose(noneYet());
      } else if (!found.get().equals(seen)) {
        seen = found.get();
        load(found.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      Throwable cause = cause(e);
      String problem =
          "the online store did not tell which registry revision is published: "
              + (cause instanceof StoreUnavailableException ? cause.getMessage() : cause);
      if (cause instanceof StoreUnavailableException failure && failure.isUnreadable()) {
        lose(problem);
      } else {
        say(problem);
      }
    }
  }

  /** Says once that what was published is gone; when something is again, it is loaded. */
  private void lose(String problem) {
    ServingModel served = state.model();
    if (seen != null && served != null) {
      LOG.error("{}; until then revision {} is served", problem, served.fingerprint());
      listener.lost();
    }
    seen = null;
    say(problem);
  }

  private void load(PublishedRevision published) {
    String fingerprint = published.fingerprint();
    try {
      state = state.then(compiler.apply(published));
      LOG.info("serving registry revision {}", fingerprint);
      listener.served(fingerprint);
    } catch (RuntimeException | Error e) {
      LOG.error("registry revision {} cannot be served; the last good one stays", fingerprint, e);
      say(
          "registry revision %s cannot be served: %s; put it right and run `plumb apply`"
              .formatted(fingerprint, e.getMessage()));
      listener.refused(fingerprint);
    }
  }

  /** Tells callers why there is no model, if there is none. */
  private void say(String problem) {
    State now = state;
    if (now.model() == null && !now.problem().equals(problem)) {
      LOG.warn("{}", problem);
      state = new State(null, null, problem);
    }
  }

  private String noneYet() {
    return "no registry revision of project '%s' is published in the online store; run `plumb apply`"
        .formatted(project);
  }

  private static Throwable cause(Exception e) {
    Throwable cause = e.getCause();
    return e instanceof ExecutionException && cause != null ? cause : e;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
