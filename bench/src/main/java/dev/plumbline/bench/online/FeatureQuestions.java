package dev.plumbline.bench.online;

import dev.plumbline.bench.online.Cell.Fact;
import dev.plumbline.bench.online.Comparison.Reply;
import dev.plumbline.serving.v1.Bigints;
import dev.plumbline.serving.v1.Column;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.serving.v1.RoleKeys;
import java.io.IOException;

/** Requests of the product's own contract, and what its replies say. */
final class FeatureQuestions {
  private FeatureQuestions() {}

  static GetFeaturesRequest request(Shape shape, int[] entities) {
    Bigints.Builder ids = Bigints.newBuilder();
    for (int entity : entities) {
      ids.addValues(entity);
    }
    Column column = Column.newBuilder().setBigints(ids).build();
    return GetFeaturesRequest.newBuilder()
        .setFeatureService(ServedProject.service(shape.views()))
        .setOmitNames(true)
        .addEntities(
            RoleKeys.newBuilder()
                .setRole(ServedProject.ENTITY)
                .addKeys(NamedColumn.newBuilder().setName(ServedProject.KEY).setColumn(column)))
        .build();
  }

  static Reply read(byte[] bytes) throws IOException {
    GetFeaturesResponse reply = GetFeaturesResponse.parseFrom(bytes);
    return (row, feature) -> cell(reply.getFeatures(feature), row);
  }

  private static Cell cell(FeatureColumn column, int row) {
    return switch (column.getStatuses(row)) {
      case STATUS_PRESENT -> Cell.present(column.getColumn().getDoubles().getValues(row));
      case STATUS_NULL -> Cell.without(Fact.NULL);
      case STATUS_MISSING -> Cell.without(Fact.MISSING);
      case STATUS_EXPIRED -> Cell.without(Fact.EXPIRED);
      default -> Cell.without(Fact.OTHER);
    };
  }
}
