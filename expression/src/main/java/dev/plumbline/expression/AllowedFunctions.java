package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The functions that an expression may call: scalar, and the same for the same arguments wherever
 * and whenever they run. They are named in {@code functions.txt}.
 */
final class AllowedFunctions {
  private static final String LIST = "functions.txt";
  private static final String IN_QUERIES = "query-functions.txt";
  private static final Set<String> NAMES = read(LIST);
  private static final Set<String> MORE_IN_QUERIES = read(IN_QUERIES);

  private AllowedFunctions() {}

  /** Lower-case names in alphabetical order. */
  static Set<String> names() {
    return NAMES;
  }

  /**
   * Refuses functions that are not allowed.
   *
   * @param offset of the call, for the exception
   * @throws ExpressionException if {@code name} is not one of them
   */
  static void check(String name, int offset) {
    String folded = name.toLowerCase(Locale.ROOT);
    if (NAMES.contains(folded)) {
      return;
    }
    if (AggregateNames.isKnown(folded)) {
      throw Reason.NOT_ALLOWED
          .found("%s is an aggregate", folded)
          .expected(
              "a value of one row; only a feature with a window aggregates, with one call around everything else")
          .at(offset);
    }
    throw unknown(folded, NAMES, "a deterministic scalar function").at(offset);
  }

  /** Whether an expression or the query of a source may call a function of this name. */
  static boolean isAllowedInQuery(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(folded) || MORE_IN_QUERIES.contains(folded);
  }

  /**
   * Refuses functions that the query of a source may not call.
   *
   * @param offset of the call, for the exception
   * @throws ExpressionException if {@code name} is not one of them
   */
  static void checkInQuery(String name, int offset) {
    String folded = name.toLowerCase(Locale.ROOT);
    if (isAllowedInQuery(name)) {
      return;
    }
    Set<String> all = new TreeSet<>(NAMES);
    all.addAll(MORE_IN_QUERIES);
    throw unknown(folded, all, "one that gives the same for the same rows, in whatever order")
        .at(offset);
  }

  private static Refusal unknown(String name, Set<String> known, String expected) {
    Refusal refusal =
        Reason.UNKNOWN_FUNCTION
            .found("function '%s' is unknown or not allowed", name)
            .expected(expected);
    return NearNames.didYouMean(name, known).map(refusal::remedy).orElse(refusal);
  }

  private static Set<String> read(String resource) {
    InputStream list =
        Objects.requireNonNull(
            AllowedFunctions.class.getResourceAsStream(resource),
            resource + " is not on the class path");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.strip().split("\\s+")))
          .filter(name -> !name.isEmpty())
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
