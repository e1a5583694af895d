package dev.plumbline.client;

import dev.plumbline.serving.v1.FeatureServingGrpc;
import java.util.List;
import java.util.Map;

/** Attempts that gRPC makes by itself while a server is UNAVAILABLE. Reading twice is safe. */
final class Retries {
  private Retries() {}

  /** In the form of gRPC's service config. */
  static Map<String, ?> serviceConfig(int attempts) {
    Map<String, ?> service = Map.of("service", FeatureServingGrpc.SERVICE_NAME);
    Map<String, ?> method =
        attempts == 1
            ? Map.of("name", List.of(service))
            : Map.of("name", List.of(service), "retryPolicy", policy(attempts));
    return Map.of("methodConfig", List.of(method));
  }

  private static Map<String, ?> policy(int attempts) {
    return Map.of(
        "maxAttempts",
        (double) attempts,
        "initialBackoff",
        "0.05s",
        "maxBackoff",
        "1s",
        "backoffMultiplier",
        2.0,
        "retryableStatusCodes",
        List.of("UNAVAILABLE"));
  }
}
