package dev.plumbline.client;

import dev.plumbline.serving.v1.FeatureServingGrpc;
import java.util.List;
import java.util.Map;

/**
 * Attempts that gRPC makes by itself while a server is UNAVAILABLE, unless that server says that
 * they would be in vain. Reading twice is safe.
 */
final class Retries {
  private Retries() {}

  /** In the form of gRPC's service config. */
  static Map<String, ?> serviceConfig(int attempts) {
    Map<String, ?> service = Map.of("service", FeatureServingGrpc.SERVICE_NAME);
    Map<String, ?> method =
        attempts == 1
            ? Map.of("name", List.of(service))
            : Map.of("name", List.of(service), "retryPolicy", policy(attempts));
    // Whoever is down is not helped by being asked four times as often.
    Map<String, ?> throttling = Map.of("maxTokens", 200.0, "tokenRatio", 0.1);
    return Map.of("methodConfig", List.of(method), "retryThrottling", throttling);
  }

  private static Map<String, ?> policy(int attempts) {
    return Map.of(
        "maxAttempts",
        (double) attempts,
        "initialBackoff",
        "0.1s",
        "maxBackoff",
        "1s",
        "backoffMultiplier",
        3.0,
        "retryableStatusCodes",
        // A server that ends cancels what is still under way after its patience.
        List.of("UNAVAILABLE", "CANCELLED"));
  }
}
