package dev.plumbline.offline.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvLineTest {
  @Test
  void tellsNothingFromAnEmptyText() {
    assertThat(values("a,,\"\", b")).containsExactly("a", null, "", " b");
  }

  @Test
  void takesCommasAndDoubledQuotesWithinQuotes() {
    assertThat(values("\"a, b\",\"say \"\"yes\"\"\",\"\"\"\""))
        .containsExactly("a, b", "say \"yes\"", "\"");
  }

  @Test
  void givesOneNothingForAnEmptyLine() {
    assertThat(values("")).containsExactly((String) null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          1,"abc        | the quote at character 3 is not closed on its line
          1,"a""b       | the quote at character 3 is not closed on its line
          1,def",2      | there is a quote within a value, at character 6
          1,"say "yes"" | there is text after a closing quote, at character 9
          1,"a\\"b",2   | there is text after a closing quote, at character 7
          """)
  void saysWhatIsWrongWithALine(String line, String why) {
    assertThat(CsvLine.parse(line))
        .isInstanceOfSatisfying(
            CsvLine.Malformed.class, malformed -> assertThat(malformed.why()).startsWith(why));
  }

  @Test
  void readsBackWhatIsWritten() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      List<String> values = new ArrayList<>();
      for (int n = random.nextInt(5); n >= 0; n--) {
        values.add(random.nextInt(6) == 0 ? null : text(random));
      }
      List<String> fields =
          values.stream()
              .map(value -> value == null ? "" : "\"" + value.replace("\"", "\"\"") + "\"")
              .toList();

      assertThat(values(String.join(",", fields))).as("seed %d", seed).isEqualTo(values);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      text.append("a,\"\\ 'é".charAt(random.nextInt(7)));
    }
    return text.toString();
  }

  private static List<String> values(String line) {
    return ((CsvLine.Values) CsvLine.parse(line)).values();
  }
}
