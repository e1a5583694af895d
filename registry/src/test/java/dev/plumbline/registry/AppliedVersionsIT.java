package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.plan.Planner;
import dev.plumbline.plan.Published;
import dev.plumbline.registry.TestingPostgres.Database;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Run.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliedVersionsIT {
  abstract static class Contract {
    private static final ViewId VIEW = new ViewId("airport_departures", 1);
    private static final Revision REVISION = FlightsExample.revision();

    abstract MetadataDatabase open();

    @Test
    void knowWhatWasAppliedAndWhatWasPushed() {
      MetadataDatabase database = open();
      RevisionRegistry registry =
          new RevisionRegistry(database, "flights", InstantSource.fixed(Instant.EPOCH));
      assertThat(registry.published().newestVersion("airport_departures")).isZero();
      registry.apply(REVISION);

      Published applied = registry.published();
      assertThat(applied.meaning(VIEW)).contains(Meaning.of(REVISION).get(VIEW));
      assertThat(applied.newestVersion("airport_departures")).isOne();
      assertThat(applied.isPushed(VIEW)).contains(false);
      assertThat(Planner.plan(Optional.of(REVISION), REVISION, applied).changes()).isEmpty();

      RunLedger ledger = new RunLedger(database, "flights");
      ledger.open(VIEW, new Run(5, Kind.LIVE, 100, 100, OptionalLong.empty(), false));
      ledger.committed(VIEW, 5, 1);
      assertThat(registry.published().isPushed(VIEW)).contains(false);
      ledger.published(VIEW, 5, 200);

      assertThat(registry.published().isPushed(VIEW)).contains(true);
    }
  }

  @Nested
  class OnSqlite extends Contract {
    @TempDir Path folder;

    @Override
    MetadataDatabase open() {
      return MetadataDatabase.open(folder.resolve("meta/metadata.db"));
    }
  }

  @Nested
  class OnPostgres extends Contract {
    private final Database database = TestingPostgres.shared().createDatabase();

    @Override
    MetadataDatabase open() {
      return MetadataDatabase.open(database.server());
    }
  }
}
