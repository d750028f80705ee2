package io.assay.stream.serving;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;

/**
 * The bytes of an event, as long as they may be: a few of a tensor's shape can ask for gigabytes.
 */
final class BoundedBytes extends OutputStream {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final int most;

  BoundedBytes(int most) {
    this.most = most;
  }

  /** More came than there may be. Jackson hands on its own exceptions only as they are. */
  static final class Full extends JacksonException {
    private static final long serialVersionUID = 1L;

    private Full() {
      super("the bytes are full");
    }
  }

  @Override
  public void write(int one) {
    requireRoom(1);
    bytes.write(one);
  }

  @Override
  public void write(byte[] more, int from, int length) {
    requireRoom(length);
    bytes.write(more, from, length);
  }

  private void requireRoom(int length) {
    if (length > most - bytes.size()) {
      throw new Full();
    }
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
