package dev.plumbline.definition.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What people, editors and attackers do to a file of definitions. */
enum Mutation {
  /** Bytes are changed, taken out or put in. */
  BYTES {
    @Override
    String apply(String text, Random random) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int at = random.nextInt(bytes.length);
      int length = 1 + random.nextInt(4);
      for (int i = at; i < Math.min(bytes.length, at + length); i++) {
        bytes[i] = (byte) random.nextInt(256);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  },
  /** Lines are dropped, doubled, moved, joined or indented otherwise. */
  LINES {
    @Override
    String apply(String text, Random random) {
      List<String> lines = new ArrayList<>(text.lines().toList());
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, line);
        case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
        case 3 -> lines.set(at, " ".repeat(random.nextInt(6)) + line);
        case 4 -> lines.set(at, line.strip());
        default -> lines.set(at, line + (at + 1 < lines.size() ? lines.remove(at + 1) : ""));
      }
      return String.join("\n", lines);
    }
  },
  /** A word or a sign becomes another one of the file, or a scrap of YAML. */
  TOKENS {
    @Override
    String apply(String text, Random random) {
      List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
      MatchResult token = pick(tokens, random);
      String other = random.nextBoolean() ? pick(tokens, random).group() : pick(SCRAPS, random);
      return replaced(text, token, other);
    }
  },
  /** A value becomes a value of another shape, or many. */
  STRUCTURE {
    @Override
    String apply(String text, Random random) {
      MatchResult value = pick(VALUE.matcher(text).results().toList(), random);
      String old = value.group(1);
      int depth = 1 << random.nextInt(12);
      String other =
          switch (random.nextInt(10)) {
            case 0 -> "[" + old + "]";
            case 1 -> "{" + old + ": " + old + "}";
            case 2 -> "[".repeat(depth) + old + "]".repeat(depth);
            case 3 -> "{a: ".repeat(depth) + old + "}".repeat(depth);
            case 4 -> "&a [*a, " + old + "]";
            case 5 -> "!!java.lang.Runtime " + old;
            case 6 -> "\n" + "  - ".repeat(depth) + old;
            case 7 -> "|\n  " + old + "\n" + "  x\n".repeat(depth);
            case 8 -> "\"" + "\\u0041\\t ".repeat(depth) + "\"";
            default -> old + "\n---\n" + "a: b\n---\n".repeat(depth);
          };
      return text.substring(0, value.start(1)) + other + text.substring(value.end(1));
    }
  },
  /** An expression is changed as SQL. */
  EXPRESSIONS {
    @Override
    String apply(String text, Random random) {
      MatchResult expr = pick(EXPR.matcher(text).results().toList(), random);
      String sql = expr.group(1);
      int at = random.nextInt(sql.length() + 1);
      int depth = 1 << random.nextInt(12);
      String other =
          switch (random.nextInt(5)) {
            case 0 -> sql.substring(0, at) + pick(SQL, random) + sql.substring(at);
            case 1 -> sql.substring(0, at) + sql.substring(Math.min(sql.length(), at + 2));
            case 2 -> pick(SQL, random).repeat(depth) + sql;
            case 3 -> sql + pick(SQL, random).repeat(depth);
            default -> "(".repeat(depth) + sql + ")".repeat(depth);
          };
      return text.substring(0, expr.start(1)) + other + text.substring(expr.end(1));
    }
  };

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_]+|[^\\sA-Za-z0-9_]+");
  private static final Pattern VALUE = Pattern.compile("(?m): +([^\\s,{}\\[\\]]+)");
  private static final Pattern EXPR = Pattern.compile("expr: +[\"']?([^\"'\\n]+)");
  private static final List<String> SCRAPS =
      List.of(
          "[",
          "]",
          "{",
          "}",
          ":",
          ": ",
          ",",
          "\"",
          "'",
          "null",
          "~",
          "\n---\n",
          "\n...\n",
          "\t",
          "&a ",
          "*a",
          "@1",
          "",
          "0",
          "-1",
          "1e999999999",
          "ü",
          "🙂",
          "x: y",
          "<<: ",
          "? ",
          "- ",
          "!!str ",
          "!x ",
          "%",
          "#",
          " #",
          "|",
          ">-",
          "\\",
          "\u0000",
          "\uFEFF",
          "\u2028",
          "\u202E",
          "true",
          "2001-01-01",
          "9".repeat(400),
          "a".repeat(30_000));
  private static final List<String> SQL =
      List.of(
          "(",
          ")",
          "'",
          "`",
          "--",
          "/*",
          "*/",
          ",",
          " + 1",
          "-",
          " not ",
          "abs(",
          "nullif(1, ",
          " || 'a'",
          " and 1 = 1",
          "case when true then ",
          " end",
          "cast(",
          " as int)",
          "array(",
          "map(",
          "select 1",
          "x -> x",
          "[0]",
          ".a",
          "*",
          " over ()",
          "distinct ",
          "interval '1' ",
          "date'now'",
          "rand()",
          "1e400",
          "99999999999999999999999999999999999999",
          "0x",
          "\\u0000",
          "🙂",
          "coalesce(",
          " is null",
          " in (1, 2)",
          " between 1 and 2",
          "/ 0",
          "::int",
          "?");

  abstract String apply(String text, Random random);

  /** The text with up to three mutations of the seed. */
  static String of(String text, long seed) {
    Random random = new Random(seed);
    String mutated = text;
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      Mutation mutation = values()[random.nextInt(values().length)];
      mutated = mutated.isEmpty() ? "\n" : mutation.applyTo(mutated, random);
    }
    return mutated;
  }

  /** The text as it is where it has nothing that could be changed in this way. */
  private String applyTo(String text, Random random) {
    boolean has =
        TOKEN.matcher(text).find() && VALUE.matcher(text).find() && EXPR.matcher(text).find();
    return has ? apply(text, random) : text;
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static String replaced(String text, MatchResult old, String other) {
    return text.substring(0, old.start()) + other + text.substring(old.end());
  }
}
