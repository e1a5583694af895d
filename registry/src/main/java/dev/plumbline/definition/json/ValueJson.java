package dev.plumbline.definition.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Canonical values as JSON, of the form {@code {"type": "bigint", "value": "7"}}. Scalars are
 * texts, since JSON's numbers are not exact.
 */
final class ValueJson {
  private ValueJson() {}

  static ObjectNode write(DataType type, Object value) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", type.toString());
    if (type instanceof DataType.ArrayOf) {
      ArrayNode elements = node.putArray("value");
      ((List<?>) value).forEach(each -> elements.add(text(each)));
    } else {
      node.put("value", text(value));
    }
    return node;
  }

  static Object read(JsonNode node) {
    DataType type = DataType.parse(node.get("type").asText());
    JsonNode value = node.get("value");
    if (type instanceof DataType.ArrayOf array) {
      List<Object> elements = new ArrayList<>();
      value.forEach(each -> elements.add(scalar(array.element(), each.asText())));
      return List.copyOf(elements);
    }
    return scalar(type, value.asText());
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof Bytes bytes
        ? Base64.getEncoder().encodeToString(bytes.toByteArray())
        : value.toString();
  }

  private static Object scalar(DataType type, String text) {
    if (type instanceof DataType.Decimal decimal) {
      return new BigDecimal(text).setScale(decimal.scale());
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> Boolean.valueOf(text);
      case INT -> Integer.valueOf(text);
      case BIGINT -> Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case STRING -> text;
      case BINARY -> Bytes.owning(Base64.getDecoder().decode(text));
      case DATE -> LocalDate.parse(text);
      case TIMESTAMP -> Instant.parse(text);
    };
  }
}
