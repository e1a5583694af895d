package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.offline.preview.OnDemandPreview;
import dev.plumbline.type.Field;
import dev.plumbline.vector.Cell;
import java.util.List;
import java.util.stream.Collectors;

/** The preview of an on-demand view, for people and programs. */
final class OnDemandReport {
  private OnDemandReport() {}

  static String text(OnDemandPreview preview, OnDemandRequest request) {
    String entities =
        request.keys().entrySet().stream()
            .map(role -> role.getKey() + " " + ValueShown.key(role.getValue()))
            .collect(Collectors.joining(", "));
    return preview.view().id()
        + (entities.isEmpty() ? "" : " of " + entities)
        + "\n\n"
        + inputs(preview, request)
        + "\n\n"
        + features(preview);
  }

  private static Table inputs(OnDemandPreview preview, OnDemandRequest request) {
    Table table = new Table("input", "value", "status", "refresh").right(1);
    for (OnDemandPreview.Input input : preview.inputs()) {
      table.row(
          input.ref().toString(),
          ValueShown.text(input.value()),
          input.status().toString(),
          input.refresh().toString());
    }
    List<Field> fields = preview.view().request();
    for (int i = 0; i < fields.size(); i++) {
      table.row(fields.get(i).name(), ValueShown.text(request.values().get(i)), "", "");
    }
    return table;
  }

  private static Table features(OnDemandPreview preview) {
    Table table = new Table("feature", "type", "value", "status").right(2);
    for (int i = 0; i < preview.features().size(); i++) {
      OnDemandView.Feature feature = preview.view().features().get(i);
      Cell cell = preview.features().get(i);
      table.row(
          feature.name(),
          feature.type().toString(),
          ValueShown.text(cell.value()),
          cell.status().toString());
    }
    return table;
  }

  static ObjectNode json(OnDemandPreview preview) {
    ObjectNode json = Console.json().put("view", preview.view().id().toString());
    ArrayNode inputs = json.putArray("inputs");
    for (OnDemandPreview.Input input : preview.inputs()) {
      inputs
          .addObject()
          .put("name", input.ref().toString())
          .put("refresh", input.refresh().toString())
          .put("status", input.status().toString())
          .set("value", ValueShown.json(input.value()));
    }
    ArrayNode features = json.putArray("features");
    for (int i = 0; i < preview.features().size(); i++) {
      OnDemandView.Feature feature = preview.view().features().get(i);
      Cell cell = preview.features().get(i);
      features
          .addObject()
          .put("name", feature.name())
          .put("type", feature.type().toString())
          .put("status", cell.status().toString())
          .set("value", ValueShown.json(cell.value()));
    }
    return json;
  }
}
