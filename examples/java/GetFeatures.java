// SPDX-License-Identifier: Apache-2.0
import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.PlumblineClient;
import java.util.List;
import java.util.Map;

/** Asks the server at the given host:port for the features of one departure. */
public final class GetFeatures {
  public static void main(String[] arguments) {
    try (PlumblineClient client = PlumblineClient.connect(arguments[0])) {
      FeatureVectors vectors =
          client.get(
              FeatureRequest.service("delay_model")
                  .entities("origin", "code", List.of("ATL"))
                  .entities("destination", "code", List.of("ORD"))
                  .entities("route", Map.of("origin", List.of("ATL"), "destination", List.of("ORD")))
                  .requestValue("minutes_to_departure", 90));
      for (FeatureVectors.Feature feature : vectors.features()) {
        System.out.println(feature.name() + " " + feature.values() + " " + feature.statuses());
      }
    }
  }
}
