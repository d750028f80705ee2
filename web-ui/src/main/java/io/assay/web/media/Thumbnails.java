package io.assay.web.media;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Makes small images of large ones, and none of those that would take too much memory. */
final class Thumbnails {
  static final int WIDEST = 1024;
  static final int NARROWEST = 16;

  /** Of the image as its header says; a small file may unpack to any size. */
  static final long MOST_PIXELS = 100_000_000;

  /** Of what is decoded, after rows and columns are left out. */
  private static final long MOST_DECODED = 20_000_000;

  private Thumbnails() {}

  /**
   * A JPEG of at most {@code width} pixels across; smaller images keep their size.
   *
   * @return empty where it is no image that Java reads, or too large a one
   */
  static Optional<byte[]> of(InputStream image, int width) throws IOException {
    int wanted = Math.clamp(width, NARROWEST, WIDEST);
    try (ImageInputStream in = ImageIO.createImageInputStream(image)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return shrunk(reader, wanted);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException broken) {
      // Readers throw all kinds for files that are cut off.
      return Optional.empty();
    }
  }

  private static Optional<byte[]> shrunk(ImageReader reader, int wanted) throws IOException {
    int wide = reader.getWidth(0);
    int high = reader.getHeight(0);
    int step = Math.max(1, wide / (2 * wanted));
    long decoded = (long) Math.ceilDiv(wide, step) * Math.ceilDiv(high, step);
    if ((long) wide * high > MOST_PIXELS || decoded > MOST_DECODED) {
      return Optional.empty();
    }
    ImageReadParam every = reader.getDefaultReadParam();
    every.setSourceSubsampling(step, step, 0, 0);
    BufferedImage read = reader.read(0, every);
    int across = Math.min(wanted, wide);
    int down = Math.max(1, (int) Math.round((double) high * across / wide));
    var small = new BufferedImage(across, down, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = small.createGraphics();
    try {
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      pen.drawImage(read, 0, 0, across, down, null);
    } finally {
      pen.dispose();
    }
    var out = new ByteArrayOutputStream();
    ImageIO.write(small, "jpeg", out);
    return Optional.of(out.toByteArray());
  }
}
