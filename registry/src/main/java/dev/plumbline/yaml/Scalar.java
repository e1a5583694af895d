package dev.plumbline.yaml;

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
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_]*");
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)([?&;]|^)((ssl)?password|pwd)=|//[^/@?]*:[^/@?]*@");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

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

  /** The name, if it is one: small letters, digits and single underscores. */
  public Optional<String> name() {
    if (NAME.matcher(text()).matches() && !text().contains("__")) {
      return Optional.of(text());
    }
    return reject(
        "is not a name (expected: [a-z0-9][a-z0-9_]*, without '__'); write it in small letters, digits and single underscores");
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
    Matcher matcher = DURATION.matcher(text());
    if (!matcher.matches()) {
      return reject(
          "is not a duration (expected: a number and one of ms, s, m, h, d; for example 90s, 10m, 1h or 7d%s)"
              .formatted(otherwise));
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
        : reject("is too long (expected: at most 36600d)");
  }

  /** A whole number from {@code least} up. */
  public Optional<Integer> integer(int least) {
    try {
      int number = Integer.parseInt(text());
      if (number >= least) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    return reject("is not a whole number of at least " + least);
  }

  /** How many of something: a whole number, 0 or more. */
  public Optional<Long> count() {
    try {
      long number = Long.parseLong(text());
      if (number >= 0) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    return reject("is not a whole number of at least 0");
  }

  public Optional<BigDecimal> number() {
    return parsed(BigDecimal::new, "is not a number");
  }

  public Optional<Boolean> bool() {
    return isBoolean()
        ? Optional.of(Boolean.valueOf(text().toLowerCase(Locale.ROOT)))
        : reject("is not true or false");
  }

  public Optional<Instant> instant() {
    return parsed(
        text -> java.time.OffsetDateTime.parse(text).toInstant(),
        "is not an instant (expected: a date and time with zone, for example 2001-01-01T00:00:00Z)");
  }

  public Optional<ZoneId> zone() {
    return parsed(
        ZoneId::of, "is not a time zone (expected: for example Europe/Berlin, UTC or +02:00)");
  }

  /** The JDBC address of a database, if no password is in it. The password is not repeated. */
  public Optional<String> databaseAddress() {
    if (PASSWORD.matcher(text()).find()) {
      problems.add(
          where(),
          label
              + ": a password in a file that is shared; take it out, and name an environment variable or a file that holds it: bind: {SOURCE: {user: NAME, password_env: VARIABLE}} in plumb.yaml, or password_file");
      return Optional.empty();
    }
    return text().startsWith("jdbc:")
        ? Optional.of(text())
        : reject("is not a JDBC address (expected: for example jdbc:postgresql://host/database)");
  }

  public Optional<DataType> dataType() {
    try {
      return Optional.of(DataType.parse(text()));
    } catch (IllegalArgumentException e) {
      problems.add(where(), label + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** One of the constants of an enum, written in small letters. */
  public <E extends Enum<E>> Optional<E> oneOf(E[] constants) {
    List<String> names =
        Arrays.stream(constants).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    int at = names.indexOf(text());
    return at >= 0 ? Optional.of(constants[at]) : unknown(label, names);
  }

  /** Reports that the text is none of the {@code known} names of a {@code kind}. */
  public <T> Optional<T> unknown(String kind, Collection<String> known) {
    problems.add(where(), "unknown %s '%s'; %s", kind, text(), NearestName.remedy(text(), known));
    return Optional.empty();
  }

  /** Reports the text, as the value of its key, with {@code complaint}. */
  public <T> Optional<T> reject(String complaint) {
    return reject(label + ":", complaint);
  }

  /** Reports the text, as the name of a {@code kind}, with {@code complaint}. */
  public <T> Optional<T> reject(String kind, String complaint) {
    problems.add(where(), "%s '%s' %s", kind, text(), complaint);
    return Optional.empty();
  }

  private <T> Optional<T> parsed(Function<String, T> parser, String complaint) {
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
