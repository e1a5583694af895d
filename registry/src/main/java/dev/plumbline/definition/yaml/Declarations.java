package dev.plumbline.definition.yaml;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.yaml.Problems;

/** Everything declared in a project, filled kind by kind in the order in which kinds refer. */
final class Declarations {
  final Problems problems;
  final Declared<String, Entity> entities;
  final Declared<String, Source> sources;
  final Declared<ViewId, FeatureView> views;
  final Declared<ViewId, OnDemandView> onDemandViews;
  final Declared<String, FeatureService> services;
  final Declared<String, DatasetDefinition> datasets;

  Declarations(Problems problems) {
    this.problems = problems;
    entities = new Declared<>("entity", ProblemCode.UNKNOWN_ENTITY, problems);
    sources = new Declared<>("source", ProblemCode.UNKNOWN_SOURCE, problems);
    views = new Declared<>("feature view", ProblemCode.UNKNOWN_FEATURE, problems);
    onDemandViews = new Declared<>("on-demand view", ProblemCode.UNKNOWN_FEATURE, problems);
    services = new Declared<>("feature service", ProblemCode.UNKNOWN_SERVICE, problems);
    datasets = new Declared<>("dataset", ProblemCode.UNKNOWN_WORD, problems);
  }

  Revision revision(String project) {
    return new Revision(
        project,
        entities.all(),
        sources.all(),
        views.all(),
        onDemandViews.all(),
        services.all(),
        datasets.all());
  }
}
