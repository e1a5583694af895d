package dev.plumbline.project;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Revision;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.project.ProjectConfig.Bound;
import dev.plumbline.project.ProjectConfig.Endpoint;
import dev.plumbline.project.ProjectConfig.Redis;
import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.NearestName;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import dev.plumbline.yaml.YamlFile;
import dev.plumbline.yaml.YamlFile.Document;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code plumb.yaml}. What an environment says takes the place of what the file says at its
 * top.
 */
final class ProjectConfigReader {
  static final String FILE = "plumb.yaml";

  /** How an address begins, JDBC's with the name of the database. */
  private static final Pattern SCHEME = Pattern.compile("(jdbc:[^:/]*|[a-z][a-z0-9+.-]+(?=://)):");

  private static final Complaint SHARED_PASSWORD =
      ProblemCode.SHARED_PASSWORD
          .found("a password in a file that is shared")
          .remedy(
              "keep it in an environment variable or a file of its own, and name that with password_env or password_file");

  private final Path directory;
  private final Optional<String> environment;
  private final Problems problems = new Problems();
  private final Map<String, Scalar> bound = new LinkedHashMap<>();
  private final Optional<YamlMapping> root;

  /**
   * A reader of the settings of one environment.
   *
   * @param text of the file, empty if there is none
   * @param environment the name of one, absent for none
   */
  ProjectConfigReader(Path directory, String text, Optional<String> environment) {
    this.directory = directory;
    this.environment = environment;
    List<Document> documents = new YamlFile(FILE, text, problems).documents();
    if (documents.size() > 1) {
      problems.add(
          new Where(FILE, 1, 1),
          ProblemCode.SEVERAL_DOCUMENTS
              .found("has several documents")
              .expected("one")
              .remedy("merge them"));
    }
    problems.throwIfAny();
    this.root =
        documents.stream()
            .filter(Document.Parsed.class::isInstance)
            .map(each -> ((Document.Parsed) each).content().having(ProjectConfigKeys.ALL))
            .findFirst();
  }

  /**
   * The settings for the environment. All environments are checked, whichever is asked for.
   *
   * @throws NotFoundException if there is no such environment
   */
  ProjectConfig read() {
    Map<String, YamlMapping> environments = environments();
    ProjectConfig config = config(root.stream().toList());
    for (Map.Entry<String, YamlMapping> each : environments.entrySet()) {
      ProjectConfig other = config(List.of(each.getValue(), root.orElseThrow()));
      if (environment.filter(each.getKey()::equals).isPresent()) {
        config = other;
      }
    }
    root.ifPresent(YamlMapping::rejectUnknownKeys);
    environments.values().forEach(YamlMapping::rejectUnknownKeys);
    problems.throwIfAny();
    if (environment.isPresent() && !environments.containsKey(environment.get())) {
      throw new NotFoundException(
          "%s: unknown environment '%s'; %s"
              .formatted(
                  FILE,
                  environment.get(),
                  NearestName.remedy(environment.get(), environments.keySet())));
    }
    return config;
  }

  private Map<String, YamlMapping> environments() {
    Map<String, YamlMapping> environments = new LinkedHashMap<>();
    root.flatMap(mapping -> mapping.find(ProjectConfigKeys.ENVIRONMENTS))
        .flatMap(YamlValue::mapping)
        .map(YamlMapping::entries)
        .orElse(Map.of())
        .forEach(
            (name, value) ->
                value
                    .mapping()
                    .map(mapping -> environment(mapping, name))
                    .ifPresent(mapping -> environments.put(name.text(), mapping)));
    return environments;
  }

  private static YamlMapping environment(YamlMapping mapping, Scalar name) {
    return mapping.having(ProjectConfigKeys.ENVIRONMENT, "environment '" + name.text() + "'");
  }

  private ProjectConfig config(List<YamlMapping> layers) {
    return new ProjectConfig(
        first(layers, ProjectConfigKeys.PROJECT, YamlValue::scalar)
            .flatMap(Scalar::name)
            .orElseGet(this::defaultName),
        first(layers, ProjectConfigKeys.NOW, YamlValue::scalar).flatMap(Scalar::instant),
        text(layers, ProjectConfigKeys.WAREHOUSE).orElse(ProjectConfig.DEFAULT_WAREHOUSE),
        first(layers, ProjectConfigKeys.METADATA, this::metadata)
            .orElseGet(() -> plain(ProjectConfig.DEFAULT_METADATA)),
        first(layers, ProjectConfigKeys.REDIS, this::redis),
        text(layers, ProjectConfigKeys.SERVER).orElse(ProjectConfig.DEFAULT_SERVER),
        bind(layers));
  }

  /** Reports sources that are bound and do not exist. */
  void checkBound(Revision revision) {
    bound.forEach(
        (name, scalar) -> {
          if (!revision.sources().containsKey(name)) {
            scalar.unknown(ProblemCode.UNKNOWN_SOURCE, "source", revision.sources().keySet());
          }
        });
    problems.throwIfAny();
  }

  /** The value of the innermost layer that has the key. */
  private <T> Optional<T> first(
      List<YamlMapping> layers, Key key, Function<YamlValue, Optional<T>> reader) {
    List<YamlValue> values = layers.stream().flatMap(layer -> layer.find(key).stream()).toList();
    return values.isEmpty() ? Optional.empty() : reader.apply(values.get(0));
  }

  private Optional<String> text(List<YamlMapping> layers, Key key) {
    return first(layers, key, YamlValue::scalar).map(Scalar::text);
  }

  private Optional<Bound> bound(YamlValue value) {
    if (value.isScalar()) {
      return value.scalar().flatMap(this::place).map(place -> bound(List.of(place)));
    }
    return value.isMapping()
        ? value.mapping().map(mapping -> bound(mapping.having(ProjectConfigKeys.BOUND)))
        : Optional.of(bound(value.scalars().stream().map(Scalar::text).toList()));
  }

  private static Bound bound(List<String> places) {
    return new Bound(places, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A database, its table, and who we are there. */
  private Bound bound(YamlMapping mapping) {
    Optional<String> url = mapping.scalar(ProjectConfigKeys.URL).flatMap(Scalar::databaseAddress);
    Optional<String> table = mapping.text(ProjectConfigKeys.TABLE);
    Bound bound =
        new Bound(
            url.stream().toList(), table, mapping.text(ProjectConfigKeys.USER), password(mapping));
    mapping.rejectUnknownKeys();
    return bound;
  }

  private Optional<String> place(Scalar place) {
    return place.text().startsWith("jdbc:") ? place.databaseAddress() : Optional.of(place.text());
  }

  private Map<String, Bound> bind(List<YamlMapping> layers) {
    Map<String, Bound> bind = new LinkedHashMap<>();
    for (YamlMapping layer : layers) {
      layer
          .find(ProjectConfigKeys.BIND)
          .flatMap(YamlValue::mapping)
          .map(YamlMapping::entries)
          .orElse(Map.of())
          .forEach(
              (source, places) -> {
                bound.putIfAbsent(source.text(), source);
                bound(places).ifPresent(each -> bind.putIfAbsent(source.text(), each));
              });
    }
    return bind;
  }

  private Optional<Endpoint> metadata(YamlValue value) {
    if (value.isScalar()) {
      value.scalar().ifPresent(this::checkMetadataAddress);
      return value.scalar().map(address -> plain(address.text()));
    }
    return value
        .mapping()
        .flatMap(
            written -> {
              YamlMapping mapping = written.having(ProjectConfigKeys.METADATA_LOGIN);
              Optional<Endpoint> endpoint = endpoint(mapping, ProjectConfigKeys.DATABASE);
              mapping.scalar(ProjectConfigKeys.DATABASE).ifPresent(this::checkMetadataAddress);
              endpoint.ifPresent(known -> rejectLoginOfFile(mapping, known));
              mapping.rejectUnknownKeys();
              return endpoint;
            });
  }

  /** A path is a file, unless it begins like an address of something that we cannot speak to. */
  private void checkMetadataAddress(Scalar address) {
    String text = address.text();
    Matcher scheme = SCHEME.matcher(text);
    if (text.startsWith(PostgresServer.SCHEME)) {
      if (text.matches(".*([?&](password|sslpassword)=|//[^/]*@).*")) {
        problems.add(address.where(), SHARED_PASSWORD);
      }
    } else if (scheme.lookingAt()) {
      problems.add(
          address.where(),
          ProblemCode.BAD_ADDRESS
              .found("metadata: '%s' is the address of a database", withoutParameters(text))
              .expected("the path of a SQLite file, or jdbc:postgresql://host:port/database")
              .remedy(metadataRemedy(scheme.group(1), text.substring(scheme.end()))));
    }
  }

  private void rejectLoginOfFile(YamlMapping mapping, Endpoint endpoint) {
    boolean login = endpoint.user().isPresent() || endpoint.password().isPresent();
    if (login && !SCHEME.matcher(endpoint.address()).lookingAt()) {
      mapping
          .find(ProjectConfigKeys.DATABASE)
          .ifPresent(
              address ->
                  problems.add(
                      address.where(),
                      ProblemCode.NO_MEANING
                          .found(
                              "metadata: '%s' is a file, which knows neither user nor password",
                              endpoint.address())
                          .remedy(
                              "leave them out, or name a database, jdbc:postgresql://host:port/database")));
    }
  }

  /** What may hold a password does not belong into a message. */
  private static String withoutParameters(String address) {
    return address.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
  }

  private static String metadataRemedy(String scheme, String rest) {
    return switch (scheme) {
      case "jdbc:sqlite" -> "name the file alone: " + withoutParameters(rest);
      case "postgres", "postgresql" ->
          "write it as JDBC does, without user and password: "
              + PostgresServer.SCHEME
              + withoutParameters(rest);
      default -> "name a file, for example " + ProjectConfig.DEFAULT_METADATA;
    };
  }

  private Optional<Redis> redis(YamlValue value) {
    if (value.isScalar()) {
      return value.scalar().map(address -> new Redis(plain(address.text()), false));
    }
    return value
        .mapping()
        .flatMap(
            written -> {
              YamlMapping mapping = written.having(ProjectConfigKeys.REDIS_LOGIN);
              Optional<Endpoint> endpoint = endpoint(mapping, ProjectConfigKeys.STORE);
              boolean tls =
                  mapping.scalar(ProjectConfigKeys.TLS).flatMap(Scalar::bool).orElse(false);
              mapping.rejectUnknownKeys();
              return endpoint.map(known -> new Redis(known, tls));
            });
  }

  private Optional<Endpoint> endpoint(YamlMapping mapping, Key where) {
    Optional<String> address = mapping.text(where);
    Optional<String> user = mapping.text(ProjectConfigKeys.USER);
    Optional<Secret> password = password(mapping);
    return address.map(known -> new Endpoint(known, user, password));
  }

  private Optional<Secret> password(YamlMapping mapping) {
    Optional<Secret> variable =
        mapping.text(ProjectConfigKeys.PASSWORD_ENV).map(Secret.InEnvironment::new);
    Optional<Secret> file =
        mapping
            .text(ProjectConfigKeys.PASSWORD_FILE)
            .map(path -> new Secret.InFile(directory.resolve(path)));
    mapping.find("password").ifPresent(written -> problems.add(written.where(), SHARED_PASSWORD));
    return variable.or(() -> file);
  }

  private static Endpoint plain(String address) {
    return new Endpoint(address, Optional.empty(), Optional.empty());
  }

  /** The folder's name with everything that a name cannot have turned into an underscore. */
  private String defaultName() {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    String valid =
        (name == null ? "" : name.toString().toLowerCase(Locale.ROOT))
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_|_$", "");
    return valid.isEmpty() ? "plumbline" : valid;
  }
}
