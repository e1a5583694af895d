package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.ProjectOptions.Format;
import dev.plumbline.definition.yaml.DefinitionSchema;
import dev.plumbline.project.ProjectSchema;
import dev.plumbline.yaml.schema.JsonSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb schema}. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of definition files, or of plumb.yaml, for editors.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  /** Which files. */
  enum Files {
    DEFINITIONS,
    PROJECT;

    ObjectNode schema() {
      return this == DEFINITIONS ? DefinitionSchema.json() : ProjectSchema.json();
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "FILES",
      defaultValue = "definitions",
      description = "definitions, or project for plumb.yaml; default: ${DEFAULT-VALUE}.")
  private Files files = Files.DEFINITIONS;

  @Option(
      names = "--format",
      description = "text or json, on one line; default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    ObjectNode schema = files.schema();
    new Console(format)
        .result(
            "schema",
            () -> JsonSchema.text(schema).stripTrailing(),
            () -> (ObjectNode) Console.json().set("json_schema", schema));
    return 0;
  }
}
