package dev.plumbline.cli;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.client.ServiceDescription;
import dev.plumbline.client.ServiceDescription.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which features a command asks for, and which server. */
final class Asked {
  @Parameters(
      arity = "1..*",
      paramLabel = "SERVICE|REFERENCE",
      description = "A feature service, or references such as airport:flights_1d@1.")
  private List<String> what = new ArrayList<>();

  @Option(
      names = "--value",
      paramLabel = "NAME=VALUE",
      description = "A value that on-demand features need, the same in every row.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "Default: the server of plumb.yaml, or localhost:6566.")
  private @Nullable String server;

  /** A service, or references. */
  List<String> what() {
    return List.copyOf(what);
  }

  /** Before anything is opened: whether it is clear what is asked for. */
  void rejectContradiction() {
    if (!isReferences() && what.size() > 1) {
      throw new UsageException(
          "more than one service (expected: one, or references such as airport:flights_1d@1)");
    }
  }

  /** The server's {@code host:port}. */
  String server(ProjectOptions options) {
    String address = server == null ? options.project().config().server() : server;
    Addresses.parse("--server", address);
    return address;
  }

  /** What is asked for, as the server knows it. */
  ServiceDescription describe(PlumblineClient client) {
    return isReferences() ? client.describe(what) : client.describe(what.get(0));
  }

  /** The request, without entities and values. */
  FeatureRequest request() {
    return isReferences() ? FeatureRequest.references(what) : FeatureRequest.service(what.get(0));
  }

  /**
   * The request with the value of each {@code --value}, the same for all rows.
   *
   * @throws UsageException if one lacks, is not of its type, or belongs to no request value
   */
  FeatureRequest withValues(FeatureRequest request, ServiceDescription description) {
    FeatureRequest whole = request;
    for (Field field : description.requestValues()) {
      String text = values.get(field.name());
      if (text == null) {
        throw new UsageException(
            "no value for '%s' (%s); add --value %s=..."
                .formatted(field.name(), field.type(), field.name()));
      }
      whole =
          whole.requestValue(
              field.name(), RequestValues.parse("--value " + field.name(), field, text));
    }
    RequestValues.rejectUnknown(
        "--value", values.keySet(), description.requestValues().stream().map(Field::name).toList());
    return whole;
  }

  private boolean isReferences() {
    return what.get(0).contains(":");
  }
}
