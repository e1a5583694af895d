package dev.plumbline.online;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code GET /metrics}, in Prometheus' text format, over plain HTTP. */
final class MetricsEndpoint implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "plumbline-metrics");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * An endpoint at an address; it answers once it is started.
   *
   * @throws IOException if the address cannot be bound
   */
  MetricsEndpoint(InetSocketAddress address, ServerMetrics metrics) throws IOException {
    try {
      http = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen at %s: %s; name another address for metrics with --metrics"
              .formatted(address, e.getMessage()),
          e);
    }
    http.setExecutor(executor);
    http.createContext("/metrics", exchange -> answer(exchange, metrics));
  }

  void start() {
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, ServerMetrics metrics) throws IOException {
    byte[] text = metrics.scrape().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
    executor.shutdownNow();
  }
}
