package dev.plumbline.bench.windows;

import dev.plumbline.bench.project.BenchProject;
import dev.plumbline.definition.Revision;
import dev.plumbline.offline.Progress;
import dev.plumbline.store.InMemoryOnlineStore;
import java.nio.file.Path;
import java.time.InstantSource;

/** The product's own way: definitions, revision, a backfill under lock and ledger, its commit. */
final class PlumblineEngine implements Engine {
  static final String NAME = "plumbline";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Written compute(BenchProject project, Path events, Path output) {
    InstantSource clock = InstantSource.fixed(WindowsView.TO);
    Revision revision = project.apply(WindowsView.definitions(), clock);
    project
        .runs(
            revision,
            events,
            new InMemoryOnlineStore(clock),
            () -> new InMemoryOnlineStore(clock), // a backfill pushes nothing
            clock,
            Progress.SILENT)
        .backfill(WindowsView.ID, WindowsView.FROM, WindowsView.TO);
    return () -> project.files(revision, WindowsView.ID);
  }
}
