package dev.plumbline.store.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Ports of this machine that nobody listens on at the moment. */
final class LoopbackPort {
  private static final int BUS = 10_000;
  private static final int LEAST = 20_000;
  private static final int MOST = 65_536;
  private static final int ATTEMPTS = 100;
  private static final Random RANDOM = new Random();

  private LoopbackPort() {}

  static int free() throws IOException {
    try (ServerSocket socket = listenOn(0)) {
      return socket.getLocalPort();
    }
  }

  /** A free one for a node of a cluster, which also listens 10,000 above it. */
  static int freeWithBus() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = LEAST + RANDOM.nextInt(MOST - BUS - LEAST);
      if (isFree(port) && isFree(port + BUS)) {
        return port;
      }
    }
    throw new IOException("no port of %d tried is free together with its bus".formatted(ATTEMPTS));
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = listenOn(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listenOn(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
