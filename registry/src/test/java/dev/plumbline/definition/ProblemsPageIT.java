package dev.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of all codes says what the codes say of themselves; {@code -Dgoldens=write} writes it.
 */
class ProblemsPageIT {
  private static final Path PAGE = Path.of("../docs/spec/problems.md");
  private static final Path CODES =
      Path.of("src/main/java/dev/plumbline/definition/ProblemCode.java");
  private static final Pattern CONSTANT =
      Pattern.compile("/\\*\\* ([^*]+?) \\*/\\s+([A-Z0-9_]+)[,;]");
  private static final String HEAD = "| code | |\n|---|---|\n";

  @Test
  void showsEveryCodeWithItsMeaning() throws IOException {
    String page = Files.readString(PAGE);
    String expected = page.substring(0, page.indexOf(HEAD)) + HEAD + table();
    if ("write".equals(System.getProperty("goldens"))) {
      Files.writeString(PAGE, expected);
    }

    assertThat(page).isEqualTo(expected);
  }

  private static String table() throws IOException {
    Map<String, String> meanings = meanings();
    assertThat(meanings.keySet())
        .containsExactlyElementsOf(Stream.of(ProblemCode.values()).map(Enum::name).toList());
    return Stream.of(ProblemCode.values())
        .map(each -> "| `%s` | %s |\n".formatted(each.code(), meanings.get(each.name())))
        .collect(Collectors.joining());
  }

  private static Map<String, String> meanings() throws IOException {
    Map<String, String> meanings = new LinkedHashMap<>();
    Matcher constants = CONSTANT.matcher(Files.readString(CODES));
    while (constants.find()) {
      String sentence = constants.group(1).replaceAll("\\s*\n\\s*", " ");
      meanings.put(constants.group(2), sentence.replaceAll("\\{@code ([^}]+)\\}", "`$1`"));
    }
    return meanings;
  }
}
