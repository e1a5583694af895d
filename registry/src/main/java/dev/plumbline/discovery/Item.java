package dev.plumbline.discovery;

import dev.plumbline.definition.About;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import java.util.Optional;

/** One thing of a revision that has a name. */
public sealed interface Item {
  Kind kind();

  /** The name by which it is the only one of its kind: {@code airport:late_share_7d@1}. */
  String ref();

  About about();

  /** The view or on-demand view that it is or belongs to. */
  default Optional<ViewId> view() {
    return Optional.empty();
  }

  default Lifecycle lifecycle() {
    return Lifecycle.ACTIVE;
  }

  /** An entity. */
  record OfEntity(Entity entity) implements Item {
    @Override
    public Kind kind() {
      return Kind.ENTITY;
    }

    @Override
    public String ref() {
      return entity.name();
    }

    @Override
    public About about() {
      return entity.about();
    }
  }

  /** A source. */
  record OfSource(Source source) implements Item {
    @Override
    public Kind kind() {
      return Kind.SOURCE;
    }

    @Override
    public String ref() {
      return source.name();
    }

    @Override
    public About about() {
      return source.about();
    }
  }

  /** A version of a feature view. */
  record OfView(FeatureView definition) implements Item {
    @Override
    public Kind kind() {
      return Kind.FEATURE_VIEW;
    }

    @Override
    public String ref() {
      return definition.id().toString();
    }

    @Override
    public About about() {
      return definition.about();
    }

    @Override
    public Optional<ViewId> view() {
      return Optional.of(definition.id());
    }

    @Override
    public Lifecycle lifecycle() {
      return definition.lifecycle();
    }
  }

  /** A feature of a version of a feature view. */
  record OfFeature(FeatureView of, FeatureView.Feature feature) implements Item {
    @Override
    public Kind kind() {
      return Kind.FEATURE;
    }

    @Override
    public String ref() {
      return new FeatureRef(of.entity(), feature.name(), of.id().version()).toString();
    }

    @Override
    public About about() {
      return feature.about();
    }

    @Override
    public Optional<ViewId> view() {
      return Optional.of(of.id());
    }

    @Override
    public Lifecycle lifecycle() {
      return of.lifecycle();
    }
  }

  /** A version of an on-demand view. */
  record OfOnDemandView(OnDemandView definition) implements Item {
    @Override
    public Kind kind() {
      return Kind.ON_DEMAND_VIEW;
    }

    @Override
    public String ref() {
      return definition.id().toString();
    }

    @Override
    public About about() {
      return definition.about();
    }

    @Override
    public Optional<ViewId> view() {
      return Optional.of(definition.id());
    }

    @Override
    public Lifecycle lifecycle() {
      return definition.lifecycle();
    }
  }

  /** A feature of a version of an on-demand view. */
  record OfOnDemandFeature(OnDemandView of, OnDemandView.Feature feature) implements Item {
    @Override
    public Kind kind() {
      return Kind.ON_DEMAND_FEATURE;
    }

    @Override
    public String ref() {
      return new FeatureRef(of.id().name(), feature.name(), of.id().version()).toString();
    }

    @Override
    public About about() {
      return feature.about();
    }

    @Override
    public Optional<ViewId> view() {
      return Optional.of(of.id());
    }

    @Override
    public Lifecycle lifecycle() {
      return of.lifecycle();
    }
  }

  /** A service. */
  record OfService(FeatureService service) implements Item {
    @Override
    public Kind kind() {
      return Kind.FEATURE_SERVICE;
    }

    @Override
    public String ref() {
      return service.name();
    }

    @Override
    public About about() {
      return service.about();
    }

    @Override
    public Lifecycle lifecycle() {
      return service.lifecycle();
    }
  }

  /** A declared dataset. */
  record OfDataset(DatasetDefinition dataset) implements Item {
    @Override
    public Kind kind() {
      return Kind.DATASET;
    }

    @Override
    public String ref() {
      return dataset.name();
    }

    @Override
    public About about() {
      return dataset.about();
    }
  }
}
