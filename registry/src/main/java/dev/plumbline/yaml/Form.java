package dev.plumbline.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a value is written. A reader takes it apart, a schema tells editors of it. The single values
 * here are what {@link Scalar} reads by a method of that name.
 */
public sealed interface Form {
  /** Any single value; a number or a truth value is the text that stands there. */
  Form TEXT = new Single(List.of("string", "number", "boolean"), Map.of());

  /** A name of the user's. */
  Form NAME =
      new Single(
          List.of("string"),
          Map.of(
              "pattern",
              "^" + Scalar.NAME + "$",
              "patternErrorMessage",
              "expected a name: small letters, digits and single _",
              "maxLength",
              Scalar.LONGEST_NAME));

  /** A length of time. */
  Form DURATION = matching(Scalar.DURATION, "a duration: 90s, 10m, 1h or 7d");

  /** A moment, with its offset from UTC. */
  Form INSTANT =
      matching(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d(:\\d\\d){0,2})",
          "an instant: 2001-01-01T00:00:00Z");

  /** A type of values. */
  Form TYPE =
      matching(
          "(array<\\s*)?(boolean|int|bigint|float|double|decimal\\(\\d{1,2},\\s*\\d{1,2}\\)|string|binary|date|timestamp)(\\s*>)?",
          "a type: boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp or array<T>");

  /** The JDBC address of a database. */
  Form DATABASE = matching("jdbc:.*", "a JDBC address: jdbc:postgresql://host/database");

  /** True or false. */
  Form FLAG = new Single(List.of("boolean"), Map.of());

  /** A share of a whole. */
  Form SHARE = new Single(List.of("number"), Map.of("minimum", 0, "maximum", 1));

  /** A value of a type that is known elsewhere. */
  Form LITERAL = new Single(List.of("string", "number", "boolean", "array"), Map.of());

  /**
   * One value that is no mapping.
   *
   * @param types of JSON that it can be
   * @param limits on it, by the keywords of JSON Schema
   */
  record Single(List<String> types, Map<String, Object> limits) implements Form {
    public Single {
      types = List.copyOf(types);
      limits = Map.copyOf(limits);
    }
  }

  /** One of these words. */
  record OneOf(List<String> words) implements Form {
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /**
   * A list of values of one form.
   *
   * @param least so many at least
   */
  record ListOf(Form element, int least) implements Form {}

  /** A mapping whose keys are the user's own. */
  record MapOf(Form key, Form value) implements Form {}

  /** A mapping of these keys. */
  record Mapping(Keys keys) implements Form {}

  /** Any of several. */
  record Either(List<Form> forms) implements Form {
    public Either {
      forms = List.copyOf(forms);
    }
  }

  /**
   * A text of which all matches a regular expression that Java and JavaScript read alike.
   *
   * @param expected what it is, with an example, for who wrote something else
   */
  static Form matching(String regex, String expected) {
    return new Single(
        List.of("string"),
        Map.of("pattern", "^(" + regex + ")$", "patternErrorMessage", "expected " + expected));
  }

  /** A length of time, or this word. */
  static Form durationOr(String word) {
    return matching(Scalar.DURATION + "|" + word, "90s, 10m, 1h, 7d or " + word);
  }

  /** A whole number of at least {@code least}. */
  static Form whole(int least) {
    return new Single(List.of("integer"), Map.of("minimum", least));
  }

  /** One of an enum's constants, in small letters. */
  static Form oneOf(Enum<?>... constants) {
    return new OneOf(
        Arrays.stream(constants).map(each -> each.name().toLowerCase(Locale.ROOT)).toList());
  }

  static Form listOf(Form element) {
    return new ListOf(element, 0);
  }

  static Form listOf(Keys keys) {
    return listOf(new Mapping(keys));
  }

  static Form either(Form... forms) {
    return new Either(List.of(forms));
  }
}
