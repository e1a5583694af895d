package dev.plumbline.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
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
  private static final int SECONDS_TO_PULL = 60;

  private static GenericContainer<?> container;
  private static TestingRedis redis;

  @BeforeAll
  static void startContainer() throws Exception {
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

  /** Why no container can be run: Testcontainers itself would try for minutes. */
  private static Optional<String> obstacle() throws InterruptedException {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of("no container engine answers");
    }
    DockerClient docker = DockerClientFactory.lazyClient();
    try {
      docker.inspectImageCmd(IMAGE).exec();
      return Optional.empty();
    } catch (NotFoundException e) {
      return pulled(docker)
          ? Optional.empty()
          : Optional.of(
              "the image %s is not there and cannot be pulled; name another in PLUMB_REDIS_IMAGE"
                  .formatted(IMAGE));
    }
  }

  private static boolean pulled(DockerClient docker) throws InterruptedException {
    try {
      return docker.pullImageCmd(IMAGE).start().awaitCompletion(SECONDS_TO_PULL, TimeUnit.SECONDS);
    } catch (RuntimeException e) {
      return false;
    }
  }
}
