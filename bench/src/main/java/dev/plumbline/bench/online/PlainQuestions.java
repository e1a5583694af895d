package dev.plumbline.bench.online;

import dev.plumbline.bench.online.Cell.Fact;
import dev.plumbline.bench.online.Comparison.Reply;
import dev.plumbline.bench.plain.v1.PlainReply;
import dev.plumbline.bench.plain.v1.PlainRequest;
import java.io.IOException;

/** Requests to the plain server, and what its replies say. */
final class PlainQuestions {
  private PlainQuestions() {}

  static PlainRequest request(int[] entities) {
    PlainRequest.Builder request = PlainRequest.newBuilder();
    for (int entity : entities) {
      request.addIds(entity);
    }
    return request.build();
  }

  static Reply read(byte[] bytes) throws IOException {
    PlainReply reply = PlainReply.parseFrom(bytes);
    return (row, feature) -> cell(reply.getRows(row).getCells(feature));
  }

  private static Cell cell(dev.plumbline.bench.plain.v1.Cell cell) {
    return switch (cell.getStatus()) {
      case STATUS_PRESENT -> Cell.present(cell.getValue().getDoubleValue());
      case STATUS_NULL -> Cell.without(Fact.NULL);
      case STATUS_MISSING -> Cell.without(Fact.MISSING);
      case STATUS_EXPIRED -> Cell.without(Fact.EXPIRED);
      default -> Cell.without(Fact.OTHER);
    };
  }
}
