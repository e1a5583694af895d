package dev.plumbline.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on the Redis of a container; skipped where no container can be run. */
class RedisContainerIT extends RedisContract {
  private static final String IMAGE =
      Optional.ofNullable(System.getenv("PLUMB_REDIS_IMAGE")).orElse("redis:7");
  private static final int PORT = 6379;
  private static final int SECONDS_TO_PREPARE = 60;

  private static GenericContainer<?> container;
  private static TestingRedis redis;

  @BeforeAll
  static void startContainer() {
    Optional<String> obstacle = obstacle();
    obstacle.ifPresent(reason -> System.out.println("RedisContainerIT is skipped: " + reason));
    assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
    container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withImagePullPolicy(image -> false)
            .withExposedPorts(PORT);
    container.start();
    redis =
        new TestingRedis(
            RedisAddress.of(container.getHost(), container.getMappedPort(PORT)), container::stop);
  }

  @AfterAll
  static void stopContainer() {
    if (redis != null) {
      redis.close();
    }
  }

  @Override
  TestingRedis redis() {
    return redis;
  }

  /** Why no container can be run, within bounds: left alone, Testcontainers tries for minutes. */
  private static Optional<String> obstacle() {
    return CompletableFuture.supplyAsync(RedisContainerIT::missing)
        .completeOnTimeout(
            Optional.of(
                "the container engine cannot pull what is needed within %d seconds (image %s, named by PLUMB_REDIS_IMAGE; inside a container, set TESTCONTAINERS_HOST_OVERRIDE)"
                    .formatted(SECONDS_TO_PREPARE, IMAGE)),
            SECONDS_TO_PREPARE,
            TimeUnit.SECONDS)
        .join();
  }

  private static Optional<String> missing() {
    try {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        return Optional.of("no container engine answers");
      }
      pullUnlessThere(DockerClientFactory.lazyClient());
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of("no container can be run: " + e.getMessage());
    }
  }

  private static void pullUnlessThere(DockerClient docker) {
    try {
      docker.inspectImageCmd(IMAGE).exec();
    } catch (NotFoundException absent) {
      try {
        docker.pullImageCmd(IMAGE).start().awaitCompletion();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
