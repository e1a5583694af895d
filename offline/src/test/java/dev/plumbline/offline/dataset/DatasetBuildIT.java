package dev.plumbline.offline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.ConflictException;
import dev.plumbline.offline.dataset.DatasetShelf.Kept;
import dev.plumbline.offline.source.SourceMismatchException;
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.MetadataDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset built well, of bad labels, and where something is in its place already. */
class DatasetBuildIT {
  private static final String QUESTIONS =
      "id,asked,late\n1,2026-03-01T11:30:00Z,0.5\n2,2026-03-01T11:30:00Z,1\n";

  @TempDir static Path folder;
  private static Bank bank;

  /** Of each test its own: the catalog and the folder of the shelf. */
  @TempDir Path shelf;

  private DatasetCatalog catalog;

  @BeforeAll
  static void open() {
    bank = Bank.in(folder, 2);
    bank.write("payments.csv", "id,at,amount\n1,2026-03-01T10:30:00Z,2.5\n");
    bank.backfill(
        Instant.parse("2026-03-01T08:00:00Z"), Instant.parse("2026-03-01T12:00:00Z"), Bank.NOW);
  }

  @BeforeEach
  void start() throws IOException {
    catalog = new DatasetCatalog(MetadataDatabase.open(shelf.resolve("catalog.db")), "bank");
    Files.writeString(folder.resolve("questions.csv"), QUESTIONS);
  }

  @AfterAll
  static void close() {
    bank.close();
  }

  @Test
  void keepsTheSameRowsOnce() throws IOException {
    Kept first = build();
    Kept second = build();

    assertThat(first.rows()).isEqualTo(2);
    assertThat(first.unchanged()).isFalse();
    assertThat(second.unchanged()).isTrue();
    assertThat(second.version()).isEqualTo(first.version());
    assertThat(bank.warehouse().spark().read().parquet(first.version().path()).count())
        .isEqualTo(2);
    assertThat(names()).containsExactlyInAnyOrder(".lock", "v1");
  }

  @Test
  void namesTheSourceOfALabelThatIsNotOfItsType() throws IOException {
    Files.writeString(
        folder.resolve("questions.csv"), "id,asked,late\n1,2026-03-01T11:30:00Z,very\n");

    assertThatThrownBy(this::build)
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("source 'questions' at " + folder.resolve("questions.csv"))
        .hasMessageContaining(
            "questions.csv:2: column 'late': 'very' is no double; the row: 1,2026-03-01T11:30:00Z,very");

    assertThat(names()).isEmpty();
  }

  @Test
  void namesTheSourceOfALabelWhoseTimeIsNone() throws IOException {
    Files.writeString(folder.resolve("questions.csv"), "id,asked,late\n1,noon,0.5\n");

    assertThatThrownBy(this::build)
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("'noon'");
  }

  @Test
  void refusesToAddWhileAnotherBuildDoes() throws IOException {
    try (DatasetLock lock = DatasetLock.acquire("training", shelf.resolve("training"))) {
      assertThatThrownBy(this::build)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("dataset 'training'");
    }
    assertThat(names()).containsExactly(".lock");
    assertThat(build().version().version()).isEqualTo(1);
  }

  @Test
  void replacesWhatAKilledBuildOfTheSameRowsLeft() throws IOException {
    String hash = build().version().contentHash();
    catalog = new DatasetCatalog(MetadataDatabase.open(shelf.resolve("other.db")), "bank");

    Kept again = build();

    assertThat(again.unchanged()).isFalse();
    assertThat(again.version().version()).isEqualTo(1);
    assertThat(again.version().contentHash()).isEqualTo(hash);
  }

  @Test
  void leavesADatasetThatOnlyMentionsTheHash() throws IOException {
    Kept kept = build();
    Path manifest = Path.of(kept.version().path()).resolve("_manifest.json");
    String other =
        "{\"content_hash\": \"other\", \"note\": \"%s\"}".formatted(kept.version().contentHash());
    Files.writeString(manifest, other);
    catalog = new DatasetCatalog(MetadataDatabase.open(shelf.resolve("other.db")), "bank");

    assertThatThrownBy(this::build)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(kept.version().path());

    assertThat(manifest).hasContent(other);
  }

  private Kept build() {
    return bank.build(new DatasetShelf(catalog, shelf)).build("training", DatasetOptions.DEFAULT);
  }

  private List<String> names() throws IOException {
    if (!Files.exists(shelf.resolve("training"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(shelf.resolve("training"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
