package dev.plumbline.cli;

import dev.plumbline.definition.yaml.DefinitionSchema;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.project.ProjectSchema;
import dev.plumbline.yaml.schema.JsonSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The files of a project to begin with: a shop, its customers and orders, one model. */
final class NewProject {
  private static final String IGNORED = ".gitignore";
  private static final List<String> SAMPLE =
      List.of(
          "README.md",
          "plumb.yaml",
          IGNORED,
          "definitions/sources.yaml",
          "definitions/customer.yaml",
          "definitions/reorder_model.yaml",
          "data/orders.csv",
          "data/customers.csv",
          "data/reorders.csv");

  /** What is run next, in the folder. */
  static final List<Step> STEPS =
      List.of(
          new Step("validate", "check the definitions"),
          new Step("preview customer_orders", "what a view gives on these data; nothing is kept"),
          new Step("apply", "make them count"),
          new Step("materialize --all --from 2025-01-01T00:00:00Z", "compute the past"),
          new Step("materialize --all", "bring the newest values online"),
          new Step("dataset build reorder_training", "what a model is trained on"),
          new Step("serve", "answer; then, in another terminal:"),
          new Step("get reorder_model --entity customer=7", "what the model is served"));

  /** A command without the name of the program, and what it is for. */
  record Step(String command, String purpose) {}

  private final Map<String, String> texts = new LinkedHashMap<>();

  NewProject() {
    SAMPLE.forEach(name -> texts.put(name, text(name)));
    texts.put("schema/definitions.v1.schema.json", JsonSchema.text(DefinitionSchema.json()));
    texts.put("schema/plumb.v1.schema.json", JsonSchema.text(ProjectSchema.json()));
  }

  /** The names of the files, relative to the project. */
  List<String> names() {
    return List.copyOf(texts.keySet());
  }

  /**
   * Writes all files into a folder, which need not be there.
   *
   * @throws ConflictException if one of them is there already; then nothing was written
   * @throws UnavailableException if the folder cannot be written
   */
  void writeTo(Path folder) {
    refuseWhatIsThere(folder);
    try {
      for (Map.Entry<String, String> each : texts.entrySet()) {
        Path file = folder.resolve(each.getKey());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, each.getValue(), StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException e) {
      throw new ConflictException(
          "%s is there already (expected: a folder without it); nothing is written over"
              .formatted(e.getFile()));
    } catch (IOException e) {
      throw new UnavailableException("%s cannot be written: %s".formatted(folder, e), e);
    }
  }

  private void refuseWhatIsThere(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ConflictException(
          "%s is a file (expected: a folder, or nothing); name another".formatted(folder));
    }
    List<String> there =
        texts.keySet().stream()
            .filter(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
            .toList();
    if (!there.isEmpty()) {
      throw new ConflictException(
          "%s has %s already (expected: a folder without %s); nothing was written; name another folder"
              .formatted(
                  folder, String.join(", ", there), there.size() == 1 ? "it" : "any of them"));
    }
  }

  /** Under a name without the dot, so that no tool takes it for its own. */
  private static String text(String name) {
    String resource = name.equals(IGNORED) ? name.substring(1) : name;
    try (InputStream in = NewProject.class.getResourceAsStream("init/" + resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
