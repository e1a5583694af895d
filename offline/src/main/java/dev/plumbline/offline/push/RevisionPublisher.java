package dev.plumbline.offline.push;

import dev.plumbline.failure.NotFoundException;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.PublishedCatalog;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.PublishedRevision;
import dev.plumbline.store.StoreUnavailableException;
import java.util.concurrent.CompletionException;

/** Shows servers the newest applied revision: it lies in the online store, beside the records. */
public final class RevisionPublisher {
  private final String project;
  private final OnlineStore store;
  private final RevisionRegistry registry;

  public RevisionPublisher(String project, OnlineStore store, RevisionRegistry registry) {
    this.project = project;
    this.store = store;
    this.registry = registry;
  }

  /**
   * Shows it, whatever the store has.
   *
   * @throws NotFoundException if none was applied
   */
  public void publish() {
    AppliedRevision shown;
    do { // whoever is overtaken must not have the last word
      shown = newest();
      store.publishRevision(
          project,
          new PublishedRevision(
              shown.fingerprint(),
              PublishedCatalog.of(shown.revision(), registry::shortId).write()));
    } while (!newest().fingerprint().equals(shown.fingerprint()));
  }

  /** Shows it to a store that has none that can be read: it is new, or has lost its data. */
  void publishIfAbsent() {
    if (!isPresent()) {
      publish();
    }
  }

  /** Whether the store has a revision that can be read, this or another. */
  boolean isPresent() {
    try {
      return store.revision(project).toCompletableFuture().join().isPresent();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailableException failure) {
        if (failure.isUnreadable()) {
          return false;
        }
        throw failure;
      }
      throw e;
    }
  }

  private AppliedRevision newest() {
    return registry
        .current()
        .orElseThrow(
            () ->
                new NotFoundException("nothing is applied in this project yet; run: plumb apply"));
  }
}
