package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.offline.dataset.DatasetBuild.Written;
import dev.plumbline.offline.dataset.DatasetShelf.Kept;
import dev.plumbline.registry.DatasetVersion;

/** Datasets that were built, for people and programs. */
final class DatasetReports {
  private DatasetReports() {}

  static String text(Kept built) {
    return "Dataset %s, version %d%s: %,d rows in %s%n  content hash %s%s"
        .formatted(
            built.version().name(),
            built.version().version(),
            built.unchanged() ? " (built before, the same to the bit)" : "",
            built.rows(),
            built.version().path(),
            built.version().contentHash(),
            leftOut(built.quarantined()));
  }

  static String text(Written built) {
    return "%,d rows in %s%n  content hash %s%s"
        .formatted(built.rows(), built.folder(), built.contentHash(), leftOut(built.quarantined()));
  }

  private static String leftOut(long quarantined) {
    return quarantined == 0
        ? ""
        : "%n  bad rows of its labels left out: %,d (see .plumb/quarantine)".formatted(quarantined);
  }

  static ObjectNode json(Kept built) {
    return json(built.version())
        .put("rows", built.rows())
        .put("labels_quarantined", built.quarantined())
        .put("unchanged", built.unchanged());
  }

  static ObjectNode json(Written built) {
    return Console.json()
        .put("path", built.folder().toString())
        .put("content_hash", built.contentHash())
        .put("built_at", built.built().toString())
        .put("rows", built.rows())
        .put("labels_quarantined", built.quarantined());
  }

  static ObjectNode json(DatasetVersion version) {
    return Console.json()
        .put("name", version.name())
        .put("version", version.version())
        .put("path", version.path())
        .put("content_hash", version.contentHash())
        .put("built_at", version.createdAt().toString());
  }
}
