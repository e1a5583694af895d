package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.Revision;
import dev.plumbline.discovery.Inventory;
import dev.plumbline.discovery.Item;
import dev.plumbline.discovery.Kind;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.ShortHash;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The definitions that somebody looks through.
 *
 * @param applied the revision that they are; empty: they are those of the project's files
 * @param nothingApplied whether the files are looked through because nothing else is there
 */
record LookedThrough(
    Inventory inventory, Optional<AppliedRevision> applied, boolean nothingApplied) {

  /** The newest applied revision; the files if nothing is applied, or if they are asked for. */
  static LookedThrough of(Workspace workspace, Tree tree) {
    Optional<AppliedRevision> applied =
        tree == Tree.ASKED_FOR ? Optional.empty() : workspace.current();
    Revision revision =
        applied
            .map(AppliedRevision::revision)
            .orElseGet(() -> workspace.project().loadDefinitions());
    boolean nothingApplied = applied.isEmpty() && tree == Tree.IF_NOTHING_ELSE;
    return new LookedThrough(new Inventory(revision), applied, nothingApplied);
  }

  /** When the project's files are looked through. */
  enum Tree {
    ASKED_FOR,
    IF_NOTHING_ELSE
  }

  Revision revision() {
    return inventory.revision();
  }

  /**
   * What a name means.
   *
   * @throws UsageException if it may mean several things; it names them
   * @throws dev.plumbline.failure.NotFoundException if it means nothing
   */
  Item find(String text, Optional<Kind> kind) {
    Inventory.Meant meant = inventory.find(text, kind);
    if (meant instanceof Inventory.Meant.One one) {
      return one.item();
    }
    List<Item> several = ((Inventory.Meant.Several) meant).items();
    boolean kinds = several.stream().map(Item::ref).distinct().count() < several.size();
    throw new UsageException(
        "'%s' may mean %s; %s"
            .formatted(
                text,
                several.stream()
                    .map(item -> item.kind() + " " + item.ref())
                    .collect(Collectors.joining(" or ")),
                kinds
                    ? "say which with --kind " + several.get(0).kind().key()
                    : "write one of these, such as " + several.get(0).ref()));
  }

  /** Which definitions these are, for people. */
  String told() {
    if (applied.isPresent()) {
      return "revision %d (%s), applied at %s"
          .formatted(
              applied.get().number(),
              ShortHash.of(applied.get().fingerprint()),
              applied.get().appliedAt());
    }
    return nothingApplied
        ? "nothing is applied yet: these are the definitions here"
        : "these are the definitions here, applied or not";
  }

  /** The same for programs. */
  ObjectNode json() {
    ObjectNode json = Console.json();
    ObjectNode of = json.putObject("definitions");
    applied.ifPresentOrElse(
        revision ->
            of.put("of", "registry")
                .put("revision", revision.number())
                .put("fingerprint", revision.fingerprint())
                .put("applied_at", revision.appliedAt().toString()),
        () -> of.put("of", "files").put("nothing_applied", nothingApplied));
    return json;
  }
}
