package dev.plumbline.load;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Calls to a feature server, as a model makes them. */
public final class FeatureCalls {
  private FeatureCalls() {}

  /**
   * A caller for each connection.
   *
   * @param requests is asked once for each call, by the thread that begins it
   */
  public static List<Caller> over(
      Channels channels, Duration deadline, Supplier<FeatureRequest> requests) {
    return channels.each().stream()
        .<Caller>map(
            channel ->
                new GrpcCaller<>(
                    channel,
                    FeatureServingGrpc.getGetFeaturesMethod(),
                    Optional.of(deadline),
                    () -> Question.of(requests.get().message())))
        .toList();
  }
}
