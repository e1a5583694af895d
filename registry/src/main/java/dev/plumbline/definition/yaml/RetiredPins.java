package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.yaml.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a service in use reads although it is retired, itself or by way of an on-demand view. */
final class RetiredPins {
  private final Declarations declarations;

  RetiredPins(Declarations declarations) {
    this.declarations = declarations;
  }

  /** Reports each reference of a service in use that leads to a retired version. */
  void reject(List<Scalar> written, Map<String, References.Resolved> resolved) {
    for (Scalar each : written) {
      References.Resolved feature = resolved.get(each.text());
      if (feature instanceof References.Resolved.Stored stored) {
        rejectStored(each, stored.view(), stored.reference().feature());
      } else if (feature instanceof References.Resolved.OnDemand onDemand) {
        rejectOnDemand(each, onDemand.view(), onDemand.reference().feature());
      }
    }
  }

  private void rejectStored(Scalar text, FeatureView view, String feature) {
    if (view.lifecycle() == Lifecycle.RETIRED) {
      reject(
          text,
          view.id(),
          active().filter(each -> each.find(feature).isPresent()).map(FeatureView::id));
    }
  }

  private void rejectOnDemand(Scalar text, OnDemandView view, String feature) {
    if (view.lifecycle() == Lifecycle.ACTIVE) {
      view.inputs().forEach(input -> rejectInput(text, view, input));
      return;
    }
    reject(
        text,
        view.id(),
        declarations.onDemandViews.all().values().stream()
            .filter(each -> each.lifecycle() == Lifecycle.ACTIVE)
            .filter(each -> each.features().stream().anyMatch(f -> f.name().equals(feature)))
            .map(OnDemandView::id));
  }

  private void rejectInput(Scalar text, OnDemandView view, FeatureRef input) {
    String entity = view.roles().getOrDefault(input.role(), input.role());
    boolean retired =
        declarations.views.all().values().stream()
            .filter(each -> each.lifecycle() == Lifecycle.RETIRED)
            .filter(each -> each.entity().equals(entity) && each.id().version() == input.version())
            .anyMatch(each -> each.find(input.feature()).isPresent());
    if (retired) {
      text.reject(
          "reference",
          ProblemCode.RETIRED_VERSION
              .found("has the input %s, which is retired", input)
              .remedy(
                  "pin a version of '%s' that reads another, or retire the service too",
                  view.id().name()));
    }
  }

  private Stream<FeatureView> active() {
    return declarations.views.all().values().stream()
        .filter(each -> each.lifecycle() == Lifecycle.ACTIVE);
  }

  /** Views are in the order of their versions. */
  private static void reject(Scalar text, ViewId retired, Stream<ViewId> inUse) {
    Complaint complaint = ProblemCode.RETIRED_VERSION.found("pins '%s', which is retired", retired);
    Optional<Integer> newest =
        inUse
            .filter(each -> each.name().equals(retired.name()))
            .map(ViewId::version)
            .reduce((older, newer) -> newer);
    text.reject(
        "reference",
        newest.isPresent()
            ? complaint.remedy("pin version %d, or retire the service too", newest.get())
            : complaint.remedy("list another feature, or retire the service too"));
  }
}
