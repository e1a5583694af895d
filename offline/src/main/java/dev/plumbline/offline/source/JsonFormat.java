package dev.plumbline.offline.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. Checked here, because Spark takes the first of several values on a line
 * and the last of several of one name; taken apart there.
 */
record JsonFormat() implements LineFormat {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @Override
  public FirstLine firstLine() {
    return FirstLine.VALUES;
  }

  @Override
  public int width() {
    return 0;
  }

  @Override
  public @Nullable String read(String line, @Nullable Object[] row, int first) {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "the line is not a JSON object";
      }
      parser.skipChildren();
      return parser.nextToken() == null ? null : "there is text after the JSON object";
    } catch (JsonProcessingException e) {
      return "the line is not JSON: " + e.getOriginalMessage();
    } catch (IOException e) {
      return "the line is not JSON: " + e.getMessage();
    }
  }
}
