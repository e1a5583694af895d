package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The definitions of the flights example, which uses everything that the language has. */
public final class FlightsExample {
  public static final String FILE = "definitions/flights.yaml";

  private FlightsExample() {}

  public static String text() {
    return resource("flights.yaml");
  }

  /** A text that lies beside this class. */
  static String resource(String name) {
    try (InputStream in = FlightsExample.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Revision revision() {
    return load(text());
  }

  /** The revision of one file of this text. */
  public static Revision load(String text) {
    return new DefinitionLoader("flights").load(new TreeMap<>(Map.of(FILE, text)));
  }
}
