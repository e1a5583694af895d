package dev.plumbline.definition.json;

import dev.plumbline.definition.json.Meaning.Part;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What differs between two meanings, a line for each part. */
final class Differences {
  private static final Pattern PLAIN = Pattern.compile("[\\w.:@+-]+");

  private final SortedMap<String, Part> before;
  private final SortedMap<String, Part> after;

  private final Pattern declared;

  /** Beside what a person changed, what follows from it. */
  private final Set<String> consequences = new TreeSet<>();

  /**
   * Between two texts.
   *
   * @param declared beginnings of paths of what comes and goes as a whole
   */
  Differences(SortedMap<String, Part> before, SortedMap<String, Part> after, Pattern declared) {
    this.declared = declared;
    this.before = before;
    this.after = after;
  }

  List<String> describe() {
    Set<String> lines = new TreeSet<>();
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    for (String path : paths) {
      Part was = before.get(path);
      Part is = after.get(path);
      if (!canonical(was).equals(canonical(is))) {
        describe(path, was, is, lines);
      }
    }
    return List.copyOf(lines.isEmpty() ? consequences : lines);
  }

  private void describe(String path, @Nullable Part was, @Nullable Part is, Set<String> lines) {
    Matcher whole = declared.matcher(path);
    if (whole.lookingAt() && isOneSided(whole.group())) {
      // A column comes and goes with what reaches it.
      boolean column = path.startsWith("source.columns.");
      (column ? consequences : lines)
          .add(
              "%s: %s, was %s"
                  .formatted(
                      whole.group(),
                      is == null ? "absent" : column ? "reached" : "declared",
                      was == null ? "absent" : column ? "reached" : "declared"));
    } else if (was != null && is != null && was.written().equals(is.written())) {
      consequences.add(
          "%s: %s, as before, but it is read as another expression now".formatted(path, shown(is)));
    } else {
      lines.add("%s: %s, was %s".formatted(path, shown(is), shown(was)));
    }
  }

  private boolean isOneSided(String prefix) {
    return has(before, prefix) != has(after, prefix);
  }

  private static boolean has(SortedMap<String, Part> parts, String prefix) {
    return !parts.subMap(prefix + ".", prefix + "/").isEmpty(); // '/' is the letter after '.'
  }

  private static String canonical(@Nullable Part part) {
    return part == null ? "" : part.canonical() + ".";
  }

  private static String shown(@Nullable Part part) {
    if (part == null) {
      return "absent";
    }
    String text = part.written().strip();
    return PLAIN.matcher(text).matches() ? text : "'" + text + "'";
  }
}
