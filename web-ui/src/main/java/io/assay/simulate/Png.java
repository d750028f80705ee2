package io.assay.simulate;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes an opaque image as PNG (ISO/IEC 15948). The JDK's writer knows palettes only for images
 * that are drawn with one, and drawing with 256 colours has no soft edges.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int LEVEL = 6;

  private Png() {}

  /**
   * With a palette and without prediction between pixels: in drawn surfaces a colour repeats, its
   * differences do not.
   *
   * @param image of type {@link BufferedImage#TYPE_INT_RGB}
   */
  static byte[] encode(BufferedImage image) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    int width = image.getWidth();
    int height = image.getHeight();
    var palette = new Palette(pixels);
    byte[] rows = new byte[height * (1 + width)];
    int at = 0;
    for (int y = 0; y < height; y++) {
      rows[at++] = 0;
      for (int i = y * width; i < (y + 1) * width; i++) {
        rows[at++] = palette.index(pixels[i]);
      }
    }
    var out = new ByteArrayOutputStream(64 * 1024);
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height);
    header.put((byte) 8).put((byte) 3).put((byte) 0).put((byte) 0).put((byte) 0);
    chunk(out, "IHDR", header.array());
    chunk(out, "PLTE", palette.colours());
    chunk(out, "IDAT", deflate(rows));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] data) {
    var deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(data);
      deflater.finish();
      var out = new ByteArrayOutputStream(64 * 1024);
      byte[] part = new byte[32 * 1024];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
