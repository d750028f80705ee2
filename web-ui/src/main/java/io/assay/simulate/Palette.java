package io.assay.simulate;

import java.util.Arrays;

/**
 * The 256 colours that a drawn frame uses most. Its thousands of others are the soft edges between
 * them, where the nearest of the 256 does as well, for a third of the bytes.
 */
final class Palette {
  private static final int BITS = 6;
  private static final int DROP = 8 - BITS;
  private static final int SIZE = 256;

  private final byte[] colours = new byte[SIZE * 3];
  private final byte[] nearest = new byte[1 << (3 * BITS)];

  /** From the pixels of an image, as 0xRRGGBB. */
  Palette(int[] pixels) {
    int[] counts = new int[1 << (3 * BITS)];
    for (int pixel : pixels) {
      counts[cell(pixel)]++;
    }
    long[] used = new long[1024];
    int cells = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      if (counts[cell] > 0) {
        if (cells == used.length) {
          used = Arrays.copyOf(used, cells * 2);
        }
        used[cells++] = (long) counts[cell] << 32 | cell;
      }
    }
    Arrays.sort(used, 0, cells);
    int size = Math.min(cells, SIZE);
    int[] chosen = new int[size];
    for (int i = 0; i < size; i++) {
      chosen[i] = (int) used[cells - 1 - i];
      for (int channel = 0; channel < 3; channel++) {
        colours[3 * i + channel] = (byte) ((channel(chosen[i], channel) << DROP) + (1 << DROP) / 2);
      }
    }
    for (int i = 0; i < cells; i++) {
      int cell = (int) used[i];
      nearest[cell] = (byte) nearest(cell, chosen);
    }
  }

  private static int cell(int pixel) {
    int mask = (1 << BITS) - 1;
    return (pixel >> (16 + DROP) & mask) << (2 * BITS)
        | (pixel >> (8 + DROP) & mask) << BITS
        | (pixel >> DROP & mask);
  }

  private static int channel(int cell, int channel) {
    return cell >> (BITS * (2 - channel)) & ((1 << BITS) - 1);
  }

  private static int nearest(int cell, int[] chosen) {
    int red = channel(cell, 0);
    int green = channel(cell, 1);
    int blue = channel(cell, 2);
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < chosen.length && least > 0; i++) {
      int r = channel(chosen[i], 0) - red;
      int g = channel(chosen[i], 1) - green;
      int b = channel(chosen[i], 2) - blue;
      int distance = 2 * r * r + 4 * g * g + b * b;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  /** Red, green and blue of every colour. */
  byte[] colours() {
    return colours.clone();
  }

  byte index(int pixel) {
    return nearest[cell(pixel)];
  }
}
