package dev.plumbline.cli;

import dev.plumbline.definition.Source;
import dev.plumbline.offline.source.SourcePlaces;
import dev.plumbline.project.Login;
import dev.plumbline.project.Project;
import java.util.List;
import java.util.Optional;

/** Where the data of sources lies, as {@code plumb.yaml} says; secrets from this environment. */
record ProjectPlaces(Project project) implements SourcePlaces {
  @Override
  public List<String> of(Source source) {
    return project.places(source);
  }

  @Override
  public Optional<String> table(Source source) {
    return project.table(source);
  }

  @Override
  public Optional<Login> login(Source source) {
    return project.login(source, System.getenv());
  }
}
