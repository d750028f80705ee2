package io.assay.bench.backtest;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * So many frames of two hundred cameras, each with five tracked boxes, as JSON Lines that are made
 * when they are read: ten million events take no disk.
 *
 * <p>The same for the same number. A box is missing in one frame of fifty and bears another label
 * in one of a hundred; each track lives twelve seconds.
 */
final class GeneratedEvents extends InputStream {
  static final int KEYS = 200;
  private static final int BOXES = 5;
  private static final long START = 1_772_352_000_000L;

  private final SplittableRandom random = new SplittableRandom(7);
  private final long events;
  private long made;
  private byte[] line = new byte[0];
  private int next;

  GeneratedEvents(long events) {
    this.events = events;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int filled = 0;
    while (filled < length) {
      if (next == line.length) {
        if (made == events) {
          break;
        }
        line = line();
        next = 0;
      }
      int some = Math.min(length - filled, line.length - next);
      System.arraycopy(line, next, into, offset + filled, some);
      next += some;
      filled += some;
    }
    return filled == 0 ? -1 : filled;
  }

  private byte[] line() {
    long key = made % KEYS;
    long frame = made / KEYS;
    made++;
    var text = new StringBuilder(512);
    text.append("{\"vehicle\":\"v").append(key);
    text.append("\",\"at\":").append(START + frame * 100);
    text.append(",\"boxes\":[");
    boolean first = true;
    for (int box = 0; box < BOXES; box++) {
      if (random.nextInt(50) == 0) {
        continue;
      }
      text.append(first ? "" : ",");
      first = false;
      box(text, box, frame);
    }
    return text.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void box(StringBuilder text, int box, long frame) {
    long life = (frame + box * 24L) / 120;
    String label = random.nextInt(100) == 0 ? "van" : "car";
    text.append("{\"track\":\"t").append(box).append('-').append(life);
    text.append("\",\"label\":\"").append(label);
    text.append("\",\"score\":").append(score());
    text.append(",\"area\":[")
        .append(200L * box + frame % 120)
        .append(',')
        .append(random.nextInt(4));
    text.append(",80,60]}");
  }

  private String score() {
    return String.format(Locale.ROOT, "0.%02d", 50 + random.nextInt(50));
  }
}
