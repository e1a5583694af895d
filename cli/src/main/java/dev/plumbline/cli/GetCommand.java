package dev.plumbline.cli;

import dev.plumbline.client.ClientSettings;
import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureServerException;
import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.client.ServiceDescription;
import dev.plumbline.failure.UnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb get}. It asks a server and evaluates nothing itself. */
@Command(
    name = "get",
    description = "Ask a feature server, as a model would.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  plumb get delay_model --entity origin=ATL --entity destination=ORD --entity route=ATL,ORD --value minutes_to_departure=90"
    })
final class GetCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();
  @Mixin private Asked asked = new Asked();

  @Option(
      names = "--entity",
      paramLabel = "ROLE=KEY[,KEY]",
      description = "The entity of a role; a key with a comma is written with \\, instead.")
  private Map<String, String> entities = new LinkedHashMap<>();

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      description = "Call older values EXPIRED, e.g. 30m, 2h or 1d.")
  private @Nullable String maxAge;

  @Override
  public Integer call() {
    asked.rejectContradiction();
    String target = asked.server(options);
    try (PlumblineClient client = connect(target)) {
      FeatureVectors answer = client.get(request(asked.describe(client)));
      options
          .console()
          .result("get", () -> VectorTable.text(answer, 0), () -> VectorTable.json(answer));
      return 0;
    } catch (FeatureServerException e) {
      if (e.code() == Code.UNAVAILABLE && e.requestId().isEmpty()) {
        throw new UnavailableException(
            "no feature server answers at %s (%s); start one with `plumb serve`, or name another with --server"
                .formatted(target, e.getMessage()),
            e);
      }
      throw e;
    }
  }

  /** Somebody at a terminal would rather be told at once than have it tried again. */
  private static PlumblineClient connect(String target) {
    return PlumblineClient.connect(ClientSettings.of(target).withAttempts(1));
  }

  private FeatureRequest request(ServiceDescription description) {
    FeatureRequest request = asked.request();
    for (ServiceDescription.Role role : description.roles()) {
      request = request.entities(role.name(), keys(role));
    }
    RequestValues.rejectUnknown(
        "--entity",
        entities.keySet(),
        description.roles().stream().map(ServiceDescription.Role::name).toList());
    request = asked.withValues(request, description);
    return maxAge == null ? request : request.maxAge(Durations.parse("--max-age", maxAge));
  }

  private Map<String, List<Object>> keys(ServiceDescription.Role role) {
    String text = entities.get(role.name());
    if (text == null && !role.keys().isEmpty()) {
      throw new UsageException(
          "no entity for role '%s' (%s%s); add --entity %s=..."
              .formatted(
                  role.name(),
                  role.entity(),
                  role.keys().stream().map(ServiceDescription.Field::name).toList(),
                  role.name()));
    }
    List<String> parts = text == null ? List.of() : List.of(text.split("(?<!\\\\),", -1));
    if (parts.size() != role.keys().size()) {
      throw new UsageException(
          "--entity %s=%s: %d keys (expected: %d, for %s)"
              .formatted(
                  role.name(),
                  text,
                  parts.size(),
                  role.keys().size(),
                  role.keys().stream().map(ServiceDescription.Field::name).toList()));
    }
    Map<String, List<Object>> keys = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      ServiceDescription.Field key = role.keys().get(i);
      keys.put(
          key.name(),
          List.of(
              RequestValues.parse(
                  "--entity " + role.name(), key, parts.get(i).replace("\\,", ","))));
    }
    return keys;
  }
}
