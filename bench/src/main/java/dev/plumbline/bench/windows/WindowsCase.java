package dev.plumbline.bench.windows;

import java.util.List;

/** Events of some size, and the engines that are measured on them. */
record WindowsCase(String name, EventData data, List<Engine> engines) {
  WindowsCase {
    engines = List.copyOf(engines);
  }

  /** Ten million events of a hundred thousand keys. */
  static final String TEN = "windows-10m";

  /** Three times as many, of three times as many keys. */
  static final String THIRTY = "windows-30m";

  /** All cases; {@code scale} events stand for the ten million. */
  static List<WindowsCase> all(long scale) {
    return List.of(
        new WindowsCase(
            TEN,
            new EventData(scale, scale / 100),
            List.of(new PlumblineEngine(), new SparkSqlEngine())),
        new WindowsCase(
            THIRTY, new EventData(3 * scale, 3 * scale / 100), List.of(new PlumblineEngine())));
  }
}
