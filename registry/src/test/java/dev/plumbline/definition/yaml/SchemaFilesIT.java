package dev.plumbline.definition.yaml;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Revision;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectSchema;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.schema.JsonSchema;
import dev.plumbline.yaml.schema.Judge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas that are published, the files that name them, and the examples of the language. */
class SchemaFilesIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SCHEMAS = ROOT.resolve("docs/schema");
  private static final Path NEW_PROJECT =
      ROOT.resolve("cli/src/main/resources/dev/plumbline/cli/init");
  private static final Path EXAMPLES =
      ROOT.resolve("registry/src/test/resources/dev/plumbline/definition/yaml");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Judge DEFINITIONS = new Judge(DefinitionSchema.json());
  private static final Judge PROJECTS = new Judge(ProjectSchema.json());

  private static final Path BAD = Path.of("src/test/resources/dev/plumbline/definition/bad");

  /** What a schema sees of a mistake, if it sees one. */
  private static final Set<ProblemCode> SHAPE =
      EnumSet.of(
          ProblemCode.UNKNOWN_KIND,
          ProblemCode.UNKNOWN_KEY,
          ProblemCode.TORN_VALUE,
          ProblemCode.MISSING_KEY,
          ProblemCode.WRONG_SHAPE,
          ProblemCode.EMPTY_LIST,
          ProblemCode.BAD_NAME,
          ProblemCode.BAD_DURATION,
          ProblemCode.BAD_NUMBER,
          ProblemCode.BAD_BOOLEAN,
          ProblemCode.BAD_INSTANT,
          ProblemCode.BAD_ADDRESS,
          ProblemCode.UNKNOWN_WORD,
          ProblemCode.UNKNOWN_TYPE,
          ProblemCode.BAD_KEY_TYPE,
          ProblemCode.NOT_ONE_RULE,
          ProblemCode.BAD_REFERENCE,
          ProblemCode.NOT_PINNED);

  /** Cases of such codes that only somebody sees who knows more than the document's shape. */
  private static final Set<String> BEYOND_SHAPE =
      Set.of(
          // keys that another document knows
          "a view with a key too many",
          "a view without a key",
          "label keys incomplete",
          "label keys incomplete inside",
          "source neither 'table' nor 'query' says what to read of the databas",
          // how much a number or a text stands for
          "a seed that is none",
          "a view of a version that is too large",
          "a view of the largest version, after which there is none",
          "a view that is never refreshed",
          "bad window",
          "expect freshness: 0s",
          "too long duration",
          "an event time that is constant, but no instant",
          "a database that we cannot speak to");

  private static final Set<String> EVERYWHERE = Set.of("owner", "description", "tags");

  @TempDir Path folder;

  @Test
  void publishedSchemasAreWhatTheReadersKnow() throws IOException {
    assertThat(Files.readString(SCHEMAS.resolve("definitions.v1.schema.json")))
        .as("./plumb schema > docs/schema/definitions.v1.schema.json")
        .isEqualTo(JsonSchema.text(DefinitionSchema.json()));
    assertThat(Files.readString(SCHEMAS.resolve("plumb.v1.schema.json")))
        .as("./plumb schema project > docs/schema/plumb.v1.schema.json")
        .isEqualTo(JsonSchema.text(ProjectSchema.json()));
  }

  @ParameterizedTest
  @MethodSource("ourDefinitions")
  void ourDefinitionsNameTheSchemaAndKeepToIt(Path file) throws IOException {
    String text = Files.readString(file);

    assertThat(text).startsWith(firstLine(file, "definitions"));
    assertThat(DEFINITIONS.complaints(text)).isEmpty();
  }

  static Stream<Path> ourDefinitions() throws IOException {
    return Stream.of(ROOT.resolve("definitions"), NEW_PROJECT.resolve("definitions"), EXAMPLES)
        .flatMap(SchemaFilesIT::yamlIn);
  }

  @ParameterizedTest
  @MethodSource("ourProjects")
  void ourProjectsNameTheSchemaAndKeepToIt(Path file) throws IOException {
    String text = Files.readString(file);

    assertThat(text).startsWith(firstLine(file, "plumb"));
    assertThat(PROJECTS.complaints(text)).isEmpty();
  }

  static Stream<Path> ourProjects() {
    return Stream.of(ROOT.resolve("plumb.yaml"), NEW_PROJECT.resolve("plumb.yaml"));
  }

  @Test
  void seesEveryMistakeOfShape() throws IOException {
    Set<String> unseen = new TreeSet<>();
    for (BadCase each : badCases()) {
      Path project = Files.createTempDirectory(folder, "bad");
      each.write(project);
      Map<String, List<String>> byFile =
          each.problems().stream().collect(groupingBy(problem -> problem.split(":", 2)[0]));
      byFile.forEach(
          (file, problems) -> {
            boolean shape = problems.stream().allMatch(SchemaFilesIT::isOfShape);
            if (shape && complaints(file, project.resolve(file)).isEmpty()) {
              unseen.add(each.name());
            }
          });
    }
    assertThat(unseen).isEqualTo(new TreeSet<>(BEYOND_SHAPE));
  }

  private static List<String> complaints(String name, Path file) {
    try {
      Judge judge = name.equals("plumb.yaml") ? PROJECTS : DEFINITIONS;
      return judge.complaints(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfShape(String problem) {
    return SHAPE.stream().anyMatch(code -> problem.endsWith("[" + code.code() + "]"));
  }

  private static List<BadCase> badCases() throws IOException {
    List<BadCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(BAD)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".txt")).toList()) {
        cases.addAll(BadCase.all(Files.readString(file)));
      }
    }
    return cases;
  }

  @Test
  void theDefinitionsOfTheSpecificationAreOneProject() throws IOException {
    List<String> examples =
        examples("docs/spec/definitions.md").filter(SchemaFilesIT::isDefinition).toList();

    Revision revision =
        new DefinitionLoader("spec")
            .load(new TreeMap<>(Map.of("spec.yaml", String.join("---\n", examples))));

    assertThat(revision.views()).isNotEmpty();
    assertThat(revision.datasets()).isNotEmpty();
    assertThat(examples).allSatisfy(each -> assertThat(DEFINITIONS.complaints(each)).isEmpty());
  }

  @Test
  void theSpecificationTellsOfEveryKey() throws IOException {
    String specification = Files.readString(ROOT.resolve("docs/spec/definitions.md"));

    for (Kind kind : Kind.values()) {
      String chapter = specification.split("\n## " + kind.key() + "\n")[1].split("\n## ")[0];
      DefinitionSchema.keys(kind).keys().stream()
          .map(Key::name)
          .filter(key -> !key.equals(kind.key()) && !EVERYWHERE.contains(key))
          .forEach(key -> assertThat(chapter).contains("`" + key));
    }
  }

  @Test
  void theSettingsOfTheDocumentsAreValid() throws IOException {
    List<String> examples =
        Stream.of("docs/spec/definitions.md", "docs/CLUSTER.md", "README.md")
            .flatMap(SchemaFilesIT::examples)
            .filter(each -> !isDefinition(each))
            .toList();

    assertThat(examples).hasSizeGreaterThan(2).allSatisfy(this::isProject);
  }

  private void isProject(String settings) throws IOException {
    Files.writeString(folder.resolve("plumb.yaml"), settings);
    assertThatCode(() -> Project.open(folder, Optional.empty())).doesNotThrowAnyException();
    assertThat(PROJECTS.complaints(settings)).isEmpty();
  }

  private static boolean isDefinition(String example) {
    return Kind.keys().stream().anyMatch(kind -> ("\n" + example).contains("\n" + kind + ": "));
  }

  private static Stream<String> examples(String document) {
    try {
      return EXAMPLE
          .matcher(Files.readString(ROOT.resolve(document)))
          .results()
          .map(found -> found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A project of its own has the schemas beside its definitions. */
  private static String firstLine(Path file, String schema) {
    Path schemas = file.startsWith(NEW_PROJECT) ? NEW_PROJECT.resolve("schema") : SCHEMAS;
    return "# yaml-language-server: $schema=%s/%s.v1.schema.json\n"
        .formatted(file.getParent().relativize(schemas), schema);
  }

  private static Stream<Path> yamlIn(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
