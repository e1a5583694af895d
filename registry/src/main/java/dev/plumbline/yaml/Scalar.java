package dev.plumbline.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.type.DataType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One word or text in a file. What it cannot be read as gets reported, and is empty. */
public final class Scalar {
  static final int LONGEST_NAME = 100;

  /** Small letters, digits and single underscores, as a regular expression. */
  static final String NAME = "[a-z0-9]+(_[a-z0-9]+)*_?";

  /** A number and a unit, as a regular expression. */
  static final String DURATION = "(\\d{1,12})(ms|s|m|h|d)";

  private static final int LONGEST_NUMBER = 100;
  private static final int MOST_SHOWN = 100;

  /** Those that are one word. */
  private static final List<String> TYPE_NAMES =
      Arrays.stream(DataType.Primitive.values()).map(DataType.Primitive::toString).toList();

  private static final String TYPES =
      "boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp, or array<T> of one of these; 1 <= p <= 38, 0 <= s <= p";

  private static final Pattern NAMES = Pattern.compile(NAME);
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)([?&;]|^)((ssl)?password|pwd)=|//[^/@?]*:[^/@?]*@");
  private static final Pattern DURATIONS = Pattern.compile(DURATION);

  private final YamlText file;
  private final ScalarNode node;
  private final String label;
  private final Problems problems;

  Scalar(YamlText file, ScalarNode node, String label, Problems problems) {
    this.file = file;
    this.node = node;
    this.label = label;
    this.problems = problems;
  }

  public String text() {
    return node.getValue();
  }

  public Where where() {
    return file.start(node);
  }

  /** The place of the character at {@code offset} of the text. */
  public Where where(int offset) {
    return file.inside(node, offset);
  }

  /** Whether it is a text to YAML, and not a number or a boolean. */
  public boolean isString() {
    return node.getTag().equals(Tag.STR);
  }

  public boolean isBoolean() {
    return node.getTag().equals(Tag.BOOL);
  }

  /** The name, if it is one: small letters, digits and single underscores, and not too long. */
  public Optional<String> name() {
    if (text().length() <= LONGEST_NAME && NAMES.matcher(text()).matches()) {
      return Optional.of(text());
    }
    return reject(
        ProblemCode.BAD_NAME
            .found("is not a name")
            .expected("[a-z0-9][a-z0-9_]*, without '__', at most %d characters", LONGEST_NAME)
            .remedy("write it in small letters, digits and single underscores"));
  }

  public Optional<Duration> duration() {
    return duration("");
  }

  /**
   * The duration, where the caller takes another word for one too.
   *
   * @param word for the message
   */
  public Optional<Duration> durationOr(String word) {
    return duration("; or " + word);
  }

  private Optional<Duration> duration(String otherwise) {
    Matcher matcher = DURATIONS.matcher(text());
    if (!matcher.matches()) {
      return reject(
          ProblemCode.BAD_DURATION
              .found("is not a duration")
              .expected(
                  "a number and one of ms, s, m, h, d; for example 90s, 10m, 1h or 7d%s",
                  otherwise));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> bounded(number, Duration.ofMillis(1));
      case "s" -> bounded(number, Duration.ofSeconds(1));
      case "m" -> bounded(number, Duration.ofMinutes(1));
      case "h" -> bounded(number, Duration.ofHours(1));
      default -> bounded(number, Duration.ofDays(1));
    };
  }

  private Optional<Duration> bounded(long number, Duration unit) {
    Duration longest = Duration.ofDays(100 * 366);
    return number <= longest.dividedBy(unit)
        ? Optional.of(unit.multipliedBy(number))
        : reject(ProblemCode.BAD_DURATION.found("is too long").expected("at most 36600d"));
  }

  /** A whole number from {@code least} up. */
  public Optional<Integer> integer(int least) {
    try {
      int number = Integer.parseInt(ascii());
      if (number == Integer.MAX_VALUE) {
        return reject(
            ProblemCode.BAD_NUMBER.found("is too large").expected("less than %d", number));
      }
      if (number >= least) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    return reject(
        ProblemCode.BAD_NUMBER
            .found("is not accepted")
            .expected("a whole number of at least %d", least));
  }

  /** Java takes the digits of all scripts. */
  private String ascii() {
    if (text().chars().anyMatch(character -> character >= 128)) {
      throw new NumberFormatException(text());
    }
    return text();
  }

  /** How many of something: a whole number, 0 or more. */
  public Optional<Long> count() {
    try {
      long number = Long.parseLong(ascii());
      if (number >= 0) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    return reject(
        ProblemCode.BAD_NUMBER.found("is not accepted").expected("a whole number of at least 0"));
  }

  public Optional<BigDecimal> number() {
    return parsed(
        Scalar::decimal,
        ProblemCode.BAD_NUMBER.found("is not a number").expected("for example 0.25"));
  }

  /** A number with a large exponent would take gigabytes once it is added to another. */
  private static BigDecimal decimal(String text) {
    BigDecimal number = new BigDecimal(text);
    if (text.length() > LONGEST_NUMBER || Math.abs((long) number.scale()) > LONGEST_NUMBER) {
      throw new NumberFormatException("too long");
    }
    return number;
  }

  public Optional<Boolean> bool() {
    return isBoolean()
        ? Optional.of(Boolean.valueOf(text().toLowerCase(Locale.ROOT)))
        : reject(ProblemCode.BAD_BOOLEAN.found("is not a boolean").expected("true or false"));
  }

  public Optional<Instant> instant() {
    return parsed(
        text -> java.time.OffsetDateTime.parse(text).toInstant(),
        ProblemCode.BAD_INSTANT
            .found("is not an instant")
            .expected("a date and time with zone, for example 2001-01-01T00:00:00Z"));
  }

  public Optional<ZoneId> zone() {
    return parsed(
        ZoneId::of,
        ProblemCode.BAD_ZONE
            .found("is not a time zone")
            .expected("for example Europe/Berlin, UTC or +02:00"));
  }

  /** The JDBC address of a database, if no password is in it. The password is not repeated. */
  public Optional<String> databaseAddress() {
    if (PASSWORD.matcher(text()).find()) {
      problems.add(
          where(),
          ProblemCode.SHARED_PASSWORD
              .found("%s: a password in a file that is shared", label)
              .remedy(
                  "take it out, and name an environment variable or a file that holds it: bind: {SOURCE: {user: NAME, password_env: VARIABLE}} in plumb.yaml, or password_file"));
      return Optional.empty();
    }
    return text().startsWith("jdbc:")
        ? Optional.of(text())
        : reject(
            ProblemCode.BAD_ADDRESS
                .found("is not a JDBC address")
                .expected("for example jdbc:postgresql://host/database"));
  }

  public Optional<DataType> dataType() {
    try {
      return Optional.of(DataType.parse(shown()));
    } catch (IllegalArgumentException e) {
      Complaint unknown = ProblemCode.UNKNOWN_TYPE.found("is not a type").expected(TYPES);
      return reject(
          NearestName.of(shown(), TYPE_NAMES)
              .map(nearest -> unknown.remedy("did you mean '%s'?", nearest))
              .orElse(unknown));
    }
  }

  /** One of the constants of an enum, written in small letters. */
  public <E extends Enum<E>> Optional<E> oneOf(E[] constants) {
    List<String> names =
        Arrays.stream(constants).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    int at = names.indexOf(text());
    return at >= 0 ? Optional.of(constants[at]) : unknown(ProblemCode.UNKNOWN_WORD, label, names);
  }

  /** Reports that the text is none of the {@code known} names of a {@code kind}. */
  public <T> Optional<T> unknown(ProblemCode code, String kind, Collection<String> known) {
    problems.add(
        where(), NearestName.suggest(code.found("unknown %s '%s'", kind, shown()), text(), known));
    return Optional.empty();
  }

  /** Reports the text, as the value of its key, with {@code complaint}. */
  public <T> Optional<T> reject(Complaint complaint) {
    return reject(label + ":", complaint);
  }

  /** Reports the text, as the name of a {@code kind}, with {@code complaint}. */
  public <T> Optional<T> reject(String kind, Complaint complaint) {
    problems.add(where(), complaint.about("%s '%s'".formatted(kind, shown())));
    return Optional.empty();
  }

  /** The text, or the beginning of a long one. */
  public String shown() {
    int most =
        text()
            .offsetByCodePoints(0, Math.min(MOST_SHOWN, text().codePointCount(0, text().length())));
    return most < text().length() ? text().substring(0, most) + "..." : text();
  }

  private <T> Optional<T> parsed(Function<String, T> parser, Complaint complaint) {
    try {
      return Optional.of(parser.apply(text()));
    } catch (DateTimeException | NumberFormatException e) {
      return reject(complaint);
    }
  }

  @Override
  public String toString() {
    return text();
  }
}
