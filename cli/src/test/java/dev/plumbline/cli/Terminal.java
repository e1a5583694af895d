package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** Runs {@code plumb} in this process, as {@link Plumb#main} does, and keeps what it prints. */
final class Terminal {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Terminal() {}

  /** What a command left behind. */
  record Output(int code, String out, String err) {
    /** Standard output, which is one JSON document and nothing else, with the command's schema. */
    JsonNode json(String command) throws JsonProcessingException {
      assertThat(code).as(err).isZero();
      assertThat(out.lines()).hasSize(1);
      JsonNode document = MAPPER.readTree(out);
      assertThat(document.path("schema").asText()).isEqualTo("plumb." + command + ".v1");
      return document;
    }

    Output exits(int expected) {
      assertThat(code).as("%s%n%s", out, err).isEqualTo(expected);
      return this;
    }
  }

  static Output run(String... arguments) {
    Screen screen = new Screen();
    int code = screen.showing(() -> Plumb.commandLine().execute(arguments));
    return new Output(code, screen.out(), screen.err());
  }

  /** Takes the place of both standard streams for a while. */
  static final class Screen {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    <T> T showing(Callable<T> action) {
      PrintStream usualOut = System.out;
      PrintStream usualErr = System.err;
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      try {
        return action.call();
      } catch (Exception e) {
        throw new AssertionError(e);
      } finally {
        System.setOut(usualOut);
        System.setErr(usualErr);
      }
    }

    String out() {
      return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
      return err.toString(StandardCharsets.UTF_8);
    }
  }
}
