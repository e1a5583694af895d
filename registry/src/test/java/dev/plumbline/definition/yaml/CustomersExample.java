package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Definitions with what the flights do not have: every format, queries, filters, two versions. */
public final class CustomersExample {
  private CustomersExample() {}

  public static String text() {
    try (InputStream in = CustomersExample.class.getResourceAsStream("customers.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The revision of one file of this text. */
  public static Revision load(String text) {
    return load(new TreeMap<>(Map.of("definitions/customers.yaml", text)));
  }

  public static Revision load(SortedMap<String, String> files) {
    return new DefinitionLoader("shop").load(files);
  }
}
