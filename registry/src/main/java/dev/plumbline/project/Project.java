package dev.plumbline.project;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.definition.yaml.SourceCheck;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.registry.DatabaseAddress;
import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import dev.plumbline.registry.DatabaseAddress.SqliteFile;
import dev.plumbline.registry.FileViewLocks;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.PostgresViewLocks;
import dev.plumbline.registry.ViewLocks;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder with {@code plumb.yaml}, or with {@code definitions}, or both. */
public final class Project {
  private final Path directory;
  private final Optional<String> environment;
  private final ProjectConfigReader reader;
  private final ProjectConfig config;

  private Project(Path directory, Optional<String> environment) {
    this.directory = directory;
    this.environment = environment;
    this.reader = new ProjectConfigReader(directory, text(directory), environment);
    this.config = reader.read();
  }

  /**
   * The project that {@code start} lies in: the nearest folder from there upwards that is one.
   *
   * @param environment whose settings take precedence, absent for none
   * @throws NotFoundException if there is none, or no such environment
   * @throws InvalidDefinitionsException if its {@code plumb.yaml} is not valid
   */
  public static Project find(Path start, Optional<String> environment) {
    return open(folder(start), environment);
  }

  /**
   * The nearest folder from {@code start} upwards that is a project, absolute.
   *
   * @throws NotFoundException if there is none
   */
  public static Path folder(Path start) {
    Path from = start.toAbsolutePath().normalize();
    for (Path each = from; each != null; each = each.getParent()) {
      if (isProject(each)) {
        return each;
      }
    }
    throw new NotFoundException(
        "no project in %s or above it (expected: a folder with plumb.yaml or definitions/); name one with --project"
            .formatted(from));
  }

  /**
   * The project in this folder.
   *
   * @throws NotFoundException if it is none, or there is no such environment
   * @throws InvalidDefinitionsException if its {@code plumb.yaml} is not valid
   */
  public static Project open(Path directory, Optional<String> environment) {
    if (!isProject(directory)) {
      throw new NotFoundException(
          "%s is no project (expected: a folder with plumb.yaml or definitions/)"
              .formatted(directory));
    }
    return new Project(directory.toAbsolutePath().normalize(), environment);
  }

  private static boolean isProject(Path directory) {
    return Files.isRegularFile(directory.resolve(ProjectConfigReader.FILE))
        || Files.isDirectory(directory.resolve("definitions"));
  }

  private static String text(Path directory) {
    Path file = directory.resolve(ProjectConfigReader.FILE);
    if (!Files.exists(file)) {
      return "";
    }
    Problems problems = new Problems();
    Optional<String> text = TextFile.read(file, ProjectConfigReader.FILE, problems);
    problems.throwIfAny();
    return text.orElseThrow();
  }

  public Path directory() {
    return directory;
  }

  public ProjectConfig config() {
    return config;
  }

  /**
   * The definitions of the project, read anew.
   *
   * @throws InvalidDefinitionsException with everything that is wrong with them
   */
  public Revision loadDefinitions() {
    return loadDefinitions(SourceCheck.NONE);
  }

  /**
   * {@link #loadDefinitions()}, with a look beyond the files.
   *
   * @param check reports with all other problems
   */
  public Revision loadDefinitions(SourceCheck check) {
    Revision revision = new DefinitionLoader(config.project(), check).load(directory);
    reader.checkBound(revision);
    return revision;
  }

  /**
   * The definitions of another state of this project; nothing of it is on disk.
   *
   * @param files from names relative to the project, {@code plumb.yaml} among them if it has one,
   *     to their texts
   * @throws InvalidDefinitionsException with everything that is wrong with them
   */
  public Revision definitionsOf(SortedMap<String, String> files) {
    SortedMap<String, String> definitions = new TreeMap<>(files);
    String settings = definitions.remove(ProjectConfigReader.FILE);
    return new DefinitionLoader(nameBy(settings == null ? "" : settings)).load(definitions);
  }

  /** The project's name by other settings; ours, where they have no environment of this name. */
  private String nameBy(String settings) {
    try {
      return new ProjectConfigReader(directory, settings, environment).read().project();
    } catch (NotFoundException e) {
      return config.project();
    }
  }

  /** Where the data of {@code source} lies: what {@code bind} says, or else its own place. */
  public List<String> places(Source source) {
    List<String> bound =
        bound(source)
            .map(ProjectConfig.Bound::places)
            .filter(places -> !places.isEmpty())
            .orElse(List.of(source.place()));
    return source.format().isFiles() ? bound.stream().map(this::resolve).toList() : bound;
  }

  /** The table of the database in which the data of {@code source} lies; empty with a query. */
  public Optional<String> table(Source source) {
    return source.query().isPresent()
        ? Optional.empty()
        : bound(source).flatMap(ProjectConfig.Bound::table).or(source::table);
  }

  /**
   * Who we are to the database of {@code source}; empty: nobody in particular.
   *
   * @param environment variables, for secrets
   */
  public Optional<Login> login(Source source, Map<String, String> environment) {
    return bound(source)
        .filter(bound -> bound.user().isPresent() || bound.password().isPresent())
        .map(
            bound -> new Login(bound.user(), bound.password().map(each -> each.read(environment))));
  }

  private Optional<ProjectConfig.Bound> bound(Source source) {
    return Optional.ofNullable(config.bind().get(source.name()));
  }

  /**
   * The project's metadata database, brought up to date.
   *
   * @param environment variables, for secrets
   * @throws UnavailableException if it does not answer
   */
  public MetadataDatabase openMetadata(Map<String, String> environment) {
    return MetadataDatabase.open(metadataAddress(environment));
  }

  /**
   * Where the metadata database is, which is also that of the warehouse's catalog.
   *
   * @param environment variables, for secrets
   */
  public DatabaseAddress metadataAddress(Map<String, String> environment) {
    ProjectConfig.Endpoint metadata = config.metadata();
    if (!metadata.address().startsWith(PostgresServer.SCHEME)) {
      return new SqliteFile(metadataFile());
    }
    return new PostgresServer(
        metadata.address(),
        metadata.user(),
        metadata.password().map(secret -> secret.read(environment)));
  }

  private Path metadataFile() {
    return directory.resolve(config.metadata().address()).normalize();
  }

  /**
   * The locks of the project's views. They lie where the ledger lies that they guard: beside its
   * file, or in its server.
   *
   * @param environment variables, for secrets
   */
  public ViewLocks viewLocks(Map<String, String> environment, InstantSource clock) {
    return metadataAddress(environment) instanceof PostgresServer server
        ? new PostgresViewLocks(server, config.project())
        : new FileViewLocks(
            metadataFile().resolveSibling("locks").resolve(config.project()), clock);
  }

  /** A path of {@code plumb.yaml} or a source as seen from anywhere; an address stays as it is. */
  public String resolve(String place) {
    boolean address = place.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    return address ? place : directory.resolve(place).normalize().toString();
  }
}
