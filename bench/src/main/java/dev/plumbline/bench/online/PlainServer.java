package dev.plumbline.bench.online;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.bench.plain.v1.Cell;
import dev.plumbline.bench.plain.v1.PlainFeaturesGrpc.PlainFeaturesImplBase;
import dev.plumbline.bench.plain.v1.PlainReply;
import dev.plumbline.bench.plain.v1.PlainRequest;
import dev.plumbline.bench.plain.v1.Row;
import dev.plumbline.bench.plain.v1.Status;
import dev.plumbline.bench.plain.v1.Value;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A feature server as a good team writes it in a day: gRPC as it comes, all hashes of a call asked
 * for without waiting in between, generated messages with one for each cell. It knows the same
 * statuses as the product.
 */
final class PlainServer extends PlainFeaturesImplBase {
  private final PlainStore store;
  private final int views;

  private PlainServer(PlainStore store, int views) {
    this.store = store;
    this.views = views;
  }

  /**
   * Listens on a free port of the loopback. Arguments: the address of Redis, and how many views are
   * served.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PlainStore store = new PlainStore(arguments[0]);
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new PlainServer(store, Integer.parseInt(arguments[1])))
            .build()
            .start();
    System.out.println("listening at 127.0.0.1:" + server.getPort());
    server.awaitTermination();
  }

  @Override
  public void get(PlainRequest request, StreamObserver<PlainReply> observer) {
    Instant now = Instant.now();
    List<CompletableFuture<Map<String, byte[]>>> hashes = new ArrayList<>();
    for (long id : request.getIdsList()) {
      for (int view = 0; view < views; view++) {
        hashes.add(store.read(view, id));
      }
    }
    var unused =
        CompletableFuture.allOf(hashes.toArray(CompletableFuture<?>[]::new))
            .thenApply(all -> reply(hashes.stream().map(CompletableFuture::join).toList(), now))
            .whenComplete(
                (reply, failure) -> {
                  if (failure == null) {
                    observer.onNext(reply);
                    observer.onCompleted();
                  } else {
                    observer.onError(io.grpc.Status.fromThrowable(failure).asException());
                  }
                });
  }

  /**
   * Rows from hashes.
   *
   * @param hashes of all views of the first entity, then of the second, and so on
   */
  private PlainReply reply(List<Map<String, byte[]>> hashes, Instant now) {
    PlainReply.Builder reply = PlainReply.newBuilder();
    for (int first = 0; first < hashes.size(); first += views) {
      Row.Builder row = Row.newBuilder();
      for (int view = 0; view < views; view++) {
        add(row, view, hashes.get(first + view), now);
      }
      reply.addRows(row);
    }
    return reply.build();
  }

  private static void add(Row.Builder row, int view, Map<String, byte[]> hash, Instant now) {
    byte[] stored = hash.get(PlainStore.EVENT_TIME);
    long eventTime = stored == null ? 0 : PlainStore.eventTime(stored);
    boolean expired = stored != null && Times.isExpired(eventTime, now);
    row.addEventTimeMicros(eventTime);
    for (int i = 0; i < Population.FEATURES; i++) {
      if (stored == null) {
        row.addCells(Cell.newBuilder().setStatus(Status.STATUS_MISSING));
      } else if (expired) {
        row.addCells(Cell.newBuilder().setStatus(Status.STATUS_EXPIRED));
      } else {
        row.addCells(cell(hash.get(Population.name(view * Population.FEATURES + i))));
      }
    }
  }

  private static Cell.Builder cell(byte @Nullable [] value) {
    if (value == null) {
      return Cell.newBuilder().setStatus(Status.STATUS_NULL);
    }
    try {
      return Cell.newBuilder().setStatus(Status.STATUS_PRESENT).setValue(Value.parseFrom(value));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored value cannot be read", e);
    }
  }
}
