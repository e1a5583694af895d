package dev.plumbline.cli;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.preview.OnDemandLook;
import dev.plumbline.offline.preview.OnDemandPreview;
import dev.plumbline.offline.preview.Preview;
import dev.plumbline.offline.preview.ViewPreview;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.UnknownNameException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb preview}. */
@Command(
    name = "preview",
    description =
        "Show what a view of the definitions here gives on real rows. Nothing need be applied, and nothing is written.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plumb preview airport_departures --at 2001-06-01T00:00:00Z",
      "  plumb preview airport_departures --entity ATL",
      "  plumb preview delay_context --entity origin=ATL --entity route=ATL,ORD --value minutes_to_departure=90"
    })
final class PreviewCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(
      paramLabel = "VIEW[@VERSION]",
      description = "A feature view or on-demand view; without a version its newest.")
  private String name = "";

  @Option(
      names = "--entity",
      paramLabel = "[ROLE=]KEY[,KEY]",
      description =
          "This entity alone; for an on-demand view the entity of each role. A key with a comma is written with \\, instead.")
  private List<String> entities = new ArrayList<>();

  @Option(
      names = "--value",
      paramLabel = "NAME=VALUE",
      description = "A value that an on-demand view takes from the request.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "As of then: at the newest refresh that was due; otherwise at the newest that is.")
  private @Nullable Instant at;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Show so many entities; default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int rows;

  @Option(
      names = "--one-in",
      paramLabel = "N",
      description =
          "Compute one entity in so many, evenly chosen; default: all, of a source beyond 1 GiB one in 16.")
  private @Nullable Integer oneIn;

  @Override
  public Integer call() {
    rejectOutOfRange();
    try (Workspace workspace = options.open()) {
      Instant instant = instant(workspace.clock().instant());
      Revision revision = workspace.project().loadDefinitions();
      ViewId id = newest(revision);
      OnDemandView onDemand = revision.onDemandViews().get(id);
      if (onDemand == null) {
        preview(workspace, revision, revision.view(id), instant);
      } else {
        compute(workspace, revision, onDemand, instant);
      }
      return 0;
    }
  }

  private void rejectOutOfRange() {
    if (rows < 0) {
      throw new UsageException("--rows %d (expected: 0 or more)".formatted(rows));
    }
    if (oneIn != null && oneIn < 1) {
      throw new UsageException("--one-in %d (expected: 1 or more)".formatted(oneIn));
    }
  }

  private Instant instant(Instant now) {
    if (at != null && at.isAfter(now)) {
      throw new UsageException(
          "--at %s: yet to come (expected: up to %s, which is now)".formatted(at, now));
    }
    return at == null ? now : at;
  }

  /** The view that is meant, of its newest version if none is named. */
  private ViewId newest(Revision revision) {
    Set<ViewId> known = new TreeSet<>(revision.views().keySet());
    known.addAll(revision.onDemandViews().keySet());
    return known.stream()
        .filter(id -> id.toString().equals(name) || id.name().equals(name))
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> new UnknownNameException("view", name, names(known)));
  }

  /** With versions only if somebody asks for one. */
  private List<String> names(Set<ViewId> known) {
    boolean pinned = name.contains("@");
    return known.stream().map(id -> pinned ? id.toString() : id.name()).distinct().toList();
  }

  private void preview(Workspace workspace, Revision revision, FeatureView view, Instant instant) {
    if (!values.isEmpty()) {
      throw new UsageException(
          "--value: %s takes nothing from a request; leave it out".formatted(view.id()));
    }
    Optional<List<Object>> key = key(revision.entity(view.entity()));
    long refresh = view.timing().newestDue(Micros.of(instant));
    ViewPreview previews = workspace.preview(revision);
    Preview preview =
        key.isPresent()
            ? previews.of(view, refresh, key.get())
            : previews.over(
                view, refresh, oneIn == null ? OptionalInt.empty() : OptionalInt.of(oneIn), rows);
    Console console = workspace.console();
    console.result(
        "preview",
        () -> new PreviewText(preview, console.width()).text(),
        () -> PreviewJson.of(preview));
  }

  private Optional<List<Object>> key(Entity entity) {
    if (entities.size() > 1) {
      throw new UsageException(
          "--entity %s: %d of them (expected: one, or none for all)"
              .formatted(String.join(" ", entities), entities.size()));
    }
    return entities.stream().findFirst().map(text -> EntityKeys.parse("--entity", entity, text));
  }

  private void compute(Workspace workspace, Revision revision, OnDemandView view, Instant instant) {
    OnDemandRequest request = OnDemandRequest.parse(revision, view, entities, values);
    OnDemandPreview preview =
        new OnDemandLook(revision, workspace.preview(revision))
            .at(view, instant, request.keys(), request.values());
    workspace
        .console()
        .result(
            "preview",
            () -> OnDemandReport.text(preview, request),
            () -> OnDemandReport.json(preview));
  }
}
