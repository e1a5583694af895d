package dev.plumbline.bench.online;

import dev.plumbline.bench.plain.v1.PlainFeaturesGrpc;
import dev.plumbline.bench.plain.v1.PlainRequest;
import dev.plumbline.load.Question;
import dev.plumbline.online.Main;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All systems that are compared, made ready for one shape. */
final class Contenders implements AutoCloseable {
  static final String PLUMBLINE = "plumbline";
  static final String NOOP = "grpc-noop";
  static final String MGET = "lettuce-mget";
  static final String PLAIN = "plain-server";

  /** In the order of results. */
  static final List<String> NAMES = List.of(PLUMBLINE, NOOP, MGET, PLAIN);

  private final Shape shape;
  private final Served served;
  private final Comparison comparison;
  private final List<Contender> all = new ArrayList<>();
  private @Nullable GrpcContender<GetFeaturesRequest> plumbline;

  private Contenders(Shape shape, Served served, Comparison comparison) {
    this.shape = shape;
    this.served = served;
    this.comparison = comparison;
  }

  /**
   * Starts servers, each in a process of its own.
   *
   * @param names some of {@link #NAMES}
   * @param folder for the reply that the no-op server is given
   */
  static Contenders start(
      Shape shape, Served served, Comparison comparison, List<String> names, Path folder) {
    Contenders contenders = new Contenders(shape, served, comparison);
    try {
      contenders.start(names, folder);
      return contenders;
    } catch (RuntimeException e) {
      contenders.close();
      throw e;
    }
  }

  private void start(List<String> names, Path folder) {
    for (String name : NAMES) {
      if (names.contains(name)) {
        all.add(
            switch (name) {
              case PLUMBLINE -> {
                plumbline = plumbline();
                yield plumbline;
              }
              case NOOP -> noop(folder);
              case MGET -> new MgetContender(shape, served, comparison);
              default -> plain();
            });
      }
    }
  }

  List<Contender> all() {
    return List.copyOf(all);
  }

  private GrpcContender<GetFeaturesRequest> plumbline() {
    return new GrpcContender<>(
        PLUMBLINE,
        ServerProcess.start(
            Main.class,
            "--project=" + ServedProject.NAME,
            "--redis=" + served.redis(),
            "--listen=127.0.0.1:0"),
        FeatureServingGrpc.getGetFeaturesMethod(),
        seed -> features(new Sampling(shape, served.population(), seed)));
  }

  private Supplier<Question<GetFeaturesRequest>> features(Sampling sampling) {
    return () -> {
      int[] entities = sampling.entities();
      GetFeaturesRequest request = FeatureQuestions.request(shape, entities);
      return sampling.isNext()
          ? new Question<>(
              request,
              bytes ->
                  comparison.compare(PLUMBLINE, shape, entities, FeatureQuestions::read, bytes))
          : Question.of(request);
    };
  }

  private GrpcContender<GetFeaturesRequest> noop(Path folder) {
    byte[] reply = typicalReply();
    Path file = folder.resolve("reply-" + shape.title());
    try {
      Files.write(file, reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new GrpcContender<>(
        NOOP,
        ServerProcess.start(NoopServer.class, file.toString()),
        FeatureServingGrpc.getGetFeaturesMethod(),
        seed -> constant(new Sampling(shape, served.population(), seed), reply));
  }

  /** What the product answers for entities that are there. */
  private byte[] typicalReply() {
    int[] entities = new int[shape.rows()];
    int entity = 0;
    for (int i = 0; i < entities.length; i++) {
      while (served.population().isExpired(entity)) {
        entity++;
      }
      entities[i] = entity++;
    }
    GetFeaturesRequest request = FeatureQuestions.request(shape, entities);
    if (plumbline != null) {
      return plumbline.reply(request);
    }
    try (GrpcContender<GetFeaturesRequest> once = plumbline()) {
      return once.reply(request);
    }
  }

  private Supplier<Question<GetFeaturesRequest>> constant(Sampling sampling, byte[] reply) {
    return () -> {
      GetFeaturesRequest request = FeatureQuestions.request(shape, sampling.entities());
      return sampling.isNext()
          ? new Question<>(request, bytes -> comparison.compared(Arrays.equals(bytes, reply), NOOP))
          : Question.of(request);
    };
  }

  private GrpcContender<PlainRequest> plain() {
    return new GrpcContender<>(
        PLAIN,
        ServerProcess.start(
            PlainServer.class, served.redis().toString(), Integer.toString(shape.views())),
        PlainFeaturesGrpc.getGetMethod(),
        seed -> cells(new Sampling(shape, served.population(), seed)));
  }

  private Supplier<Question<PlainRequest>> cells(Sampling sampling) {
    return () -> {
      int[] entities = sampling.entities();
      PlainRequest request = PlainQuestions.request(entities);
      return sampling.isNext()
          ? new Question<>(
              request,
              bytes -> comparison.compare(PLAIN, shape, entities, PlainQuestions::read, bytes))
          : Question.of(request);
    };
  }

  @Override
  public void close() {
    all.forEach(Contender::close);
  }
}
