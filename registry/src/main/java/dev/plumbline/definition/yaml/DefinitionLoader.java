package dev.plumbline.definition.yaml;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Revision;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.yaml.Problems;
import java.nio.file.Path;
import java.util.SortedMap;

/** Reads all definitions of a project into one revision. */
public final class DefinitionLoader {
  private final String project;
  private final SourceCheck check;

  /**
   * A loader of the definitions of one project.
   *
   * @param project the name of the project, which the revision bears
   */
  public DefinitionLoader(String project) {
    this(project, SourceCheck.NONE);
  }

  /**
   * A loader that looks beyond the files too.
   *
   * @param check reports with all other problems
   */
  public DefinitionLoader(String project, SourceCheck check) {
    this.project = project;
    this.check = check;
  }

  /**
   * The revision that the files {@code *.yaml} anywhere under {@code definitions} of {@code
   * directory} declare.
   *
   * @throws InvalidDefinitionsException with everything that is wrong with any of the files
   * @throws NotFoundException if there is no such folder
   */
  public Revision load(Path directory) {
    Problems problems = new Problems();
    return load(DefinitionFiles.read(directory, problems), problems);
  }

  /**
   * The revision that these files declare.
   *
   * @param files from their names, for messages, to their texts
   * @throws InvalidDefinitionsException with everything that is wrong with any of them
   */
  public Revision load(SortedMap<String, String> files) {
    return load(files, new Problems());
  }

  private Revision load(SortedMap<String, String> files, Problems problems) {
    Declarations declarations = new Declarations(problems);
    read(new Documents(files, declarations), declarations);
    problems.throwIfAny();
    return declarations.revision(project);
  }

  /** Each kind after those that it refers to. */
  private void read(Documents documents, Declarations declarations) {
    Features features = new Features();
    Roles roles = new Roles(declarations);
    References references = new References(declarations, features);
    documents.of(Kind.ENTITY).forEach(new EntityReader(declarations)::read);
    documents.of(Kind.SOURCE).forEach(new SourceReader(declarations, check)::read);
    documents.of(Kind.FEATURE_VIEW).forEach(new FeatureViewReader(declarations, features)::read);
    documents
        .of(Kind.ON_DEMAND_VIEW)
        .forEach(new OnDemandViewReader(declarations, references, roles)::read);
    documents
        .of(Kind.FEATURE_SERVICE)
        .forEach(new ServiceReader(declarations, references, roles)::read);
    documents.of(Kind.DATASET).forEach(new DatasetReader(declarations)::read);
    roles.rejectOnDemandViewsNamedAsOne();
  }
}
