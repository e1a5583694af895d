package dev.plumbline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.ProjectOptions.Format;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Ticker;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.spark.scheduler.SparkListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Results on standard output, as text or as JSON; what is going on, on standard error. */
final class Console implements Progress {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int WIDTH_OF_A_FILE = 100;

  private final Format format;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  @SuppressWarnings(
      "SystemConsoleNull") // on the Javas that we run on it is null without a terminal
  private final boolean terminal = System.console() != null;

  private final WorkProgress work = new WorkProgress(Ticker.SYSTEM);
  private final ProgressDisplay display =
      new ProgressDisplay(
          work,
          terminal ? ProgressDisplay.Kind.TERMINAL : ProgressDisplay.Kind.LINES,
          err,
          Ticker.SYSTEM);

  Console(Format format) {
    this.format = format;
  }

  /** Tells people what long work is at. */
  @Override
  public void at(String step) {
    display.step(step);
  }

  /** Other work begins, which has nothing to do with that before. */
  void begins() {
    display.restart();
  }

  /** Of the views of the command, so many are done. */
  void views(int done, int of) {
    work.views(done, of);
  }

  @Override
  public void parts(int done, int of) {
    work.parts(done, of);
  }

  /** Hears from Spark how its jobs come along. */
  SparkListener listener() {
    return new TaskProgress(work, display);
  }

  /** How many characters a line of text should have at most, for whoever reads it. */
  int width() {
    String columns = System.getenv("COLUMNS");
    if (columns != null && columns.matches("[1-9]\\d{1,4}")) {
      return Integer.parseInt(columns);
    }
    return terminal ? new UsageMessageSpec().autoWidth(true).width() : WIDTH_OF_A_FILE;
  }

  /** As it is, and on a terminal with lines that are no longer than there is room. */
  String broken(String text) {
    return terminal ? Lines.wrapped(text, width()) : text;
  }

  /** The work that was told last is over; its progress is shown no more. */
  void ends() {
    display.end();
  }

  /** Tells people, and nobody else. */
  @Override
  public void note(String text) {
    display.clear();
    err.println(text);
  }

  /**
   * The result of a command, in the form that was asked for.
   *
   * @param command as in the schema {@code plumb.COMMAND.v1}
   */
  void result(String command, Supplier<String> text, Supplier<ObjectNode> json) {
    display.end();
    if (format == Format.JSON) {
      ObjectNode document = json("plumb." + command + ".v1");
      document.setAll(json.get());
      out.println(document);
    } else {
      out.println(text.get());
    }
  }

  private static ObjectNode json(String schema) {
    return json().put("schema", schema);
  }

  /** A plain value, list or map as JSON. */
  static JsonNode tree(@Nullable Object value) {
    return MAPPER.valueToTree(value);
  }

  /** JSON that we wrote ourselves. */
  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  static ObjectNode json() {
    return MAPPER.createObjectNode();
  }
}
