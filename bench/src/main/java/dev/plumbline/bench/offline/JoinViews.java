package dev.plumbline.bench.offline;

import dev.plumbline.definition.ViewId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The row views over the features, as a user declares them, and the service that reads them. */
final class JoinViews {
  static final String SERVICE = "model";

  /** Which rows a source has when. */
  enum Arrival {
    /** Every row was known when it happened. */
    AT_ONCE,
    /** A column {@code arrived} says when. */
    LATE
  }

  private JoinViews() {}

  static ViewId id(int view) {
    return new ViewId("view_" + view, 1);
  }

  static String definitions(JoinData data, Arrival arrival) {
    List<String> documents = new ArrayList<>();
    documents.add(
        "entity: account\nkeys: [{name: account, type: %s}]".formatted(data.keyType().type()));
    IntStream.range(0, data.views()).forEach(view -> documents.add(view(data, view, arrival)));
    documents.add(
        "feature_service: %s\nfeatures: [%s]"
            .formatted(
                SERVICE,
                IntStream.range(0, data.views())
                    .boxed()
                    .flatMap(view -> JoinData.features(view).stream())
                    .map("account:%s@1"::formatted)
                    .collect(Collectors.joining(", "))));
    return String.join("\n---\n", documents) + "\n";
  }

  private static String view(JoinData data, int view, Arrival arrival) {
    List<String> features = JoinData.features(view);
    return """
        source: source_%1$d
        format: parquet
        path: unused
        event_time: happened
        %9$scolumns: [{name: account, type: %2$s}, {name: happened, type: timestamp}%10$s, {name: %3$s, type: bigint}, {name: %4$s, type: double}, {name: %5$s, type: string}]
        ---
        feature_view: view_%1$d
        version: 1
        entity: account
        source: source_%1$d
        keys: {account: account}
        every: %6$ds
        availability_lag: %7$ds
        max_age: %8$ds
        features: [{name: %3$s, expr: %3$s}, {name: %4$s, expr: %4$s}, {name: %5$s, expr: %5$s}]\
        """
        .formatted(
            view,
            data.keyType().type(),
            features.get(0),
            features.get(1),
            features.get(2),
            data.step().toSeconds(),
            JoinData.LAG.toSeconds(),
            data.maxAge().toSeconds(),
            arrival == Arrival.LATE ? "arrival_time: arrived\n" : "",
            arrival == Arrival.LATE ? ", {name: arrived, type: timestamp}" : "");
  }
}
