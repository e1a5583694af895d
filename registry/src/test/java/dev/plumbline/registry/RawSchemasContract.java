package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.Revision;
import dev.plumbline.failure.UnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the memory of raw columns promises, on whichever database. */
abstract class RawSchemasContract {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00.000001Z");

  /** The same database of one test, opened anew. */
  abstract MetadataDatabase open();

  @BeforeEach
  void applyTwoRevisions() {
    for (String project : List.of("shop", "other")) {
      RevisionRegistry registry = new RevisionRegistry(open(), project, InstantSource.fixed(AT));
      registry.apply(revision(project, "first"));
      registry.apply(revision(project, "second"));
    }
  }

  private static Revision revision(String project, String entity) {
    TreeMap<String, Entity> entities = new TreeMap<>();
    entities.put(entity, new Entity(entity, List.of()));
    return new Revision(
        project,
        entities,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  private RawSchemas schemas(String project) {
    return new RawSchemas(open(), project);
  }

  private void record(String project, int revision, List<RawSchema> seen) {
    RawSchemas schemas = schemas(project);
    open()
        .transaction(
            handle -> {
              schemas.record(handle, revision, seen);
              return seen.size();
            });
  }

  private static RawSchema schema(String source, String columns) {
    return new RawSchema(source, "csv", "data/x.csv", columns, Optional.of("10 of 20 files"), AT);
  }

  @Test
  void givesWhatWasSeenLast() {
    record("shop", 1, List.of(schema("orders", "1"), schema("labels", "1")));
    record("shop", 2, List.of(schema("orders", "2")));
    record("other", 2, List.of(schema("orders", "other")));

    assertThat(schemas("shop").newest("orders")).contains(schema("orders", "2"));
    assertThat(schemas("shop").newest("labels")).contains(schema("labels", "1"));
    assertThat(schemas("shop").newest("clicks")).isEmpty();
  }

  @Test
  void replacesWhatWasSeenOfTheSameRevision() {
    record("shop", 2, List.of(schema("orders", "old"), schema("labels", "old")));
    record("shop", 2, List.of(schema("orders", "new")));

    assertThat(schemas("shop").newest("orders")).contains(schema("orders", "new"));
    assertThat(schemas("shop").newest("labels")).contains(schema("labels", "old"));
  }

  @Test
  void remembersNothingOfARevisionThatWasNeverApplied() {
    assertThatThrownBy(() -> record("shop", 3, List.of(schema("orders", "1"))))
        .isInstanceOf(UnavailableException.class);
    assertThat(schemas("shop").newest("orders")).isEmpty();
  }
}
