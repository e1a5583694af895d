package dev.plumbline.store;

import java.io.OutputStream;

/** Stuffs what is written into the key of a record that is being made. */
final class StuffedOutput extends OutputStream {
  private final ByteRuns key;

  StuffedOutput(ByteRuns key) {
    this.key = key;
  }

  @Override
  public void write(int b) {
    RecordKeys.stuff(b, key);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      RecordKeys.stuff(bytes[i], key);
    }
  }
}
