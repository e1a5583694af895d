package dev.plumbline.definition.json;

import dev.plumbline.definition.json.Meaning.Part;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What differs between two canonical texts, a line for each part, in the words of the files. */
final class Differences {
  private static final Pattern PLAIN = Pattern.compile("[\\w.:@+-]+");

  /** A feature, or a column of a source: comes and goes as a whole. */
  private static final Pattern WHOLE =
      Pattern.compile("(features|source\\.columns)\\.[^.]+(?=\\.(expr|type|window)$)");

  private final SortedMap<String, Part> before;
  private final SortedMap<String, Part> after;
  private final Set<String> lines = new TreeSet<>();

  /** What follows from something else that a person changed; nothing if that is told. */
  private final Set<String> consequences = new TreeSet<>();

  Differences(SortedMap<String, Part> before, SortedMap<String, Part> after) {
    this.before = before;
    this.after = after;
  }

  /** One line at least if the texts differ. */
  List<String> describe() {
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    paths.stream().filter(this::differs).forEach(this::describe);
    return List.copyOf(lines.isEmpty() ? consequences : lines);
  }

  private boolean differs(String path) {
    Part was = before.get(path);
    Part is = after.get(path);
    return was == null || is == null || !was.canonical().equals(is.canonical());
  }

  private void describe(String path) {
    Matcher whole = WHOLE.matcher(path);
    if (whole.lookingAt() && has(before, whole.group()) != has(after, whole.group())) {
      describeWhole(whole.group());
      return;
    }
    Part was = before.get(path);
    Part is = after.get(path);
    String line = "%s: %s, was %s".formatted(path, shown(is), shown(was));
    if (was != null && is != null && was.written().equals(is.written())) {
      consequences.add(line + ", but what it reads, or Spark, makes another expression of it");
    } else {
      lines.add(line);
    }
  }

  /** A column that is reached no more, or only now, is so for a reason that is told. */
  private void describeWhole(String path) {
    boolean column = path.startsWith("source.");
    String there = column ? "reached" : "declared";
    boolean isThere = has(after, path);
    (column ? consequences : lines)
        .add(
            "%s: %s, was %s"
                .formatted(path, isThere ? there : "absent", isThere ? "absent" : there));
  }

  private static boolean has(SortedMap<String, Part> parts, String prefix) {
    return !parts.subMap(prefix + ".", prefix + "/").isEmpty(); // '/' is the letter after '.'
  }

  private static String shown(@Nullable Part part) {
    if (part == null) {
      return "absent";
    }
    String text = part.written().strip();
    return PLAIN.matcher(text).matches() ? text : "'" + text + "'";
  }
}
