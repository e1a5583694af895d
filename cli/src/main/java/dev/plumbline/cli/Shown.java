package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.definition.json.Metadata;
import dev.plumbline.discovery.DefinitionText;
import dev.plumbline.discovery.Dependent;
import dev.plumbline.discovery.Dependents;
import dev.plumbline.discovery.Item;
import dev.plumbline.discovery.Kind;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlanner;
import java.util.List;
import java.util.Optional;

/**
 * All that is told of one thing.
 *
 * @param yaml its definition, as in a file
 * @param definition its definition, canonical
 * @param tree absent where the files are what is shown
 * @param fields the names and types of the features that it has or is
 * @param stored the feature view that it is or belongs to, with what its runs have left; absent for
 *     everything else, and in files
 */
record Shown(
    LookedThrough looked,
    Item item,
    String yaml,
    ObjectNode definition,
    Optional<TreeComparison> tree,
    List<Field> fields,
    List<VersionState> versions,
    Optional<Stored> stored,
    Dependent uses) {

  /** What runs of a view have left. */
  record Stored(
      FeatureView view, Entity entity, Optional<Freshness> freshness, Examples examples) {}

  static Shown of(
      Workspace workspace,
      LookedThrough looked,
      Item item,
      Optional<TreeComparison.Reading> files) {
    DefinitionText text = new DefinitionText(looked.revision(), width(workspace));
    String yaml = text.yaml(item);
    Optional<Stored> stored =
        looked.applied().isPresent() ? stored(workspace, looked, item) : Optional.empty();
    return new Shown(
        looked,
        item,
        yaml,
        text.json(item),
        files.map(reading -> reading.compare(item, yaml, width(workspace))),
        fields(looked, item),
        VersionState.of(workspace, looked, item),
        stored,
        new Dependents(looked.revision(), UsesCommand.built(workspace, looked)).of(item));
  }

  /** Definitions stand a little to the right. */
  private static int width(Workspace workspace) {
    return Math.max(40, workspace.console().width() - 4);
  }

  private static Optional<Stored> stored(Workspace workspace, LookedThrough looked, Item item) {
    if (item.kind() != Kind.FEATURE_VIEW && item.kind() != Kind.FEATURE) {
      return Optional.empty();
    }
    FeatureView view = looked.revision().view(item.view().orElseThrow());
    Entity entity = looked.revision().entity(view.entity());
    Ledger ledger = new Ledger(view.timing(), workspace.ledger().runs(view.id()));
    return Optional.of(
        new Stored(
            view,
            entity,
            Freshness.of(view, ledger, workspace.clock().instant()),
            Examples.of(workspace, view, entity, ledger)));
  }

  private static List<Field> fields(LookedThrough looked, Item item) {
    if (item instanceof Item.OfView view) {
      return view.definition().fields();
    }
    if (item instanceof Item.OfFeature feature) {
      return List.of(feature.feature().field());
    }
    if (item instanceof Item.OfOnDemandView view) {
      return view.definition().features().stream().map(each -> each.field()).toList();
    }
    if (item instanceof Item.OfOnDemandFeature feature) {
      return List.of(feature.feature().field());
    }
    return item instanceof Item.OfService service
        ? new ServicePlanner(looked.revision())
            .service(service.ref()).outputs().stream()
                .map(output -> new Field(output.ref().toString(), output.type()))
                .toList()
        : List.of();
  }

  /** What the feature means, or the version that is shown. */
  Optional<String> fingerprint() {
    if (item.kind().isFeature()) {
      return fingerprint(fields.get(0).name());
    }
    Optional<ViewId> view = item.view();
    return versions.stream()
        .filter(version -> view.filter(version.view()::equals).isPresent())
        .map(VersionState::fingerprint)
        .findFirst();
  }

  /** What one feature of the view means that is shown, or to which the shown one belongs. */
  Optional<String> fingerprint(String feature) {
    return item.view()
        .map(view -> Meaning.of(looked.revision()).get(view))
        .map(meaning -> meaning.features().get(feature));
  }

  /** What people read of it, if it is a view or a feature. */
  Optional<String> metadataFingerprint() {
    return item.view()
        .map(view -> Metadata.of(looked.revision()).get(view))
        .map(
            metadata ->
                item.kind().isFeature()
                    ? metadata.features().get(fields.get(0).name())
                    : metadata.fingerprint());
  }
}
