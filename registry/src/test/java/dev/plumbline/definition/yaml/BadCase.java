package dev.plumbline.definition.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One mistake, or several, and what is said of it. {@code README.md} beside the cases says how they
 * are written.
 *
 * @param lines as they are written, without the expected problems
 * @param problems that are expected
 */
record BadCase(String name, List<String> lines, List<String> problems) {
  private static final Pattern CHARACTER = Pattern.compile("⟦U\\+([0-9A-F]{4,6})⟧");
  private static final Pattern REPEATED = Pattern.compile("⟦(\\d+) ([^⟧]+)⟧");
  private static final Pattern COPIES = Pattern.compile("(.*)\\.yaml \\* (\\d+)");

  /** All cases of a text. */
  static List<BadCase> all(String text) {
    return Stream.of(text.split("(?m)^== ")).skip(1).map(BadCase::read).toList();
  }

  private static BadCase read(String text) {
    List<String> lines = new ArrayList<>(text.stripTrailing().lines().toList());
    String name = lines.remove(0);
    List<String> problems =
        lines.stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1).stripLeading())
            .toList();
    lines.removeIf(line -> line.startsWith("!"));
    return new BadCase(name, List.copyOf(lines), problems);
  }

  /** The case as it is written, with these problems. */
  String written(List<String> found) {
    List<String> all = new ArrayList<>(lines);
    found.forEach(problem -> all.add("! " + problem));
    return "== " + name + "\n" + String.join("\n", all) + "\n";
  }

  /** Makes the project of the case: its example with the replacements, and its own files. */
  void write(Path folder) throws IOException {
    Optional<String> example = example();
    String text = example.map(FlightsExample::resource).orElse("");
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      int next = at + 1;
      if (line.startsWith("@")) {
        next = end(next, ">");
        write(folder, line.substring(1).strip(), content(at + 1, next));
      } else if (!line.startsWith("+")) {
        int middle = end(at, "<");
        next = end(middle, ">");
        text = replaced(text, content(at, middle), content(middle, next));
      }
      at = next;
    }
    if (example.isPresent()) {
      write(folder, "definitions/" + example.get(), text);
    }
  }

  /** The file of the example that the case changes; the flights unless it names another. */
  private Optional<String> example() {
    for (String line : lines) {
      if (line.startsWith("+")) {
        return Optional.of(line.substring(1).strip());
      }
    }
    return lines.stream().anyMatch(line -> line.startsWith("<"))
        ? Optional.of("flights.yaml")
        : Optional.empty();
  }

  private String replaced(String text, String old, String other) {
    if (old.isEmpty() || !text.contains(old)) {
      throw new IllegalArgumentException(name + ": the example does not have: " + old);
    }
    return text.replace(old, other);
  }

  private int end(int from, String prefix) {
    int at = from;
    while (at < lines.size() && lines.get(at).startsWith(prefix)) {
      at++;
    }
    return at;
  }

  private String content(int from, int to) {
    return String.join(
        "\n",
        lines.subList(from, to).stream()
            .map(line -> line.substring(1).replaceFirst("^ ", ""))
            .map(BadCase::unmarked)
            .toList());
  }

  private static String unmarked(String line) {
    String repeated =
        REPEATED
            .matcher(line)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found
                            .group(2)
                            .replace('⏎', '\n')
                            .repeat(Integer.parseInt(found.group(1)))));
    return CHARACTER
        .matcher(repeated)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
  }

  private static void write(Path folder, String header, String content) throws IOException {
    Matcher copies = COPIES.matcher(header);
    if (header.contains(" -> ")) {
      String[] link = header.split(" -> ");
      Path file = folder.resolve(link[0]);
      Files.createDirectories(file.getParent());
      Files.createSymbolicLink(file, Path.of(link[1]));
    } else if (copies.matches()) {
      for (int i = 1; i <= Integer.parseInt(copies.group(2)); i++) {
        writeFile(folder.resolve("%s%05d.yaml".formatted(copies.group(1), i)), content, false);
      }
    } else {
      boolean latin = header.endsWith(" in Latin-1");
      writeFile(folder.resolve(header.replace(" in Latin-1", "")), content, latin);
    }
  }

  private static void writeFile(Path file, String content, boolean latin) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(
        file, content.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return name;
  }
}
