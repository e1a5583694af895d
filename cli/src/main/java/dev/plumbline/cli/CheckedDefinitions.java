package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Revision;
import dev.plumbline.offline.WarehouseCatalog;
import dev.plumbline.offline.source.DataCheck;
import dev.plumbline.offline.source.DataCheck.Unchecked;
import dev.plumbline.offline.source.DataSight;
import dev.plumbline.offline.source.RecordedSight;
import dev.plumbline.offline.source.SourceSight;
import dev.plumbline.project.Project;
import dev.plumbline.registry.DatabaseAddress;
import dev.plumbline.registry.DatabaseAddress.SqliteFile;
import dev.plumbline.registry.RawSchema;
import dev.plumbline.registry.RawSchemas;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The definitions of a project, held against what their sources look like: now, or when they were
 * applied last.
 */
final class CheckedDefinitions {
  private final Project project;
  private final DataCheck check;

  private CheckedDefinitions(Project project, SourceSight sight, InstantSource clock) {
    this.project = project;
    this.check = new DataCheck(sight, new ProjectPlaces(project), clock);
  }

  /** Against the data itself, as far as it can be reached from here. */
  static CheckedDefinitions againstData(Project project, InstantSource clock) {
    return new CheckedDefinitions(
        project, new DataSight(new ProjectPlaces(project), () -> catalog(project)), clock);
  }

  /** Against what an apply has recorded; no source is touched, and no database made. */
  static CheckedDefinitions againstRecords(Project project, InstantSource clock) {
    DatabaseAddress address = project.metadataAddress(System.getenv());
    if (address instanceof SqliteFile sqlite && !Files.exists(sqlite.file())) {
      return new CheckedDefinitions(project, new RecordedSight(none -> Optional.empty()), clock);
    }
    RawSchemas recorded =
        new RawSchemas(project.openMetadata(System.getenv()), project.config().project());
    return new CheckedDefinitions(project, new RecordedSight(recorded::newest), clock);
  }

  private static WarehouseCatalog catalog(Project project) {
    return WarehouseCatalog.of(
        project.metadataAddress(System.getenv()), project.resolve(project.config().warehouse()));
  }

  /**
   * Reads and checks them.
   *
   * @throws InvalidDefinitionsException with everything that is wrong, in the files and with data
   */
  Revision load() {
    return project.loadDefinitions(check);
  }

  /** What was seen, to be recorded. */
  List<RawSchema> seen() {
    return check.seen();
  }

  /** What could not be checked. */
  List<Unchecked> unchecked() {
    return check.unchecked();
  }

  /** Tells people what could not be checked. */
  void warn(Console console) {
    unchecked()
        .forEach(
            each ->
                console.note(
                    "warning: source '%s' is not checked against its data: %s"
                        .formatted(each.source(), each.why())));
  }

  /** What could not be checked, for programs. */
  static void put(List<Unchecked> unchecked, ObjectNode json) {
    var list = json.putArray("unchecked");
    unchecked.forEach(each -> list.addObject().put("source", each.source()).put("why", each.why()));
  }
}
