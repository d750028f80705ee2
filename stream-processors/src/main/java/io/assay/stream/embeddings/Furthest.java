package io.assay.stream.embeddings;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The items that moved furthest, of all that are offered, with their vectors. */
final class Furthest {
  /** Of so many it is told what is near them. */
  static final int MOST = 200;

  /**
   * Begins what has vectors: what was written before begins with a name, none of which is so long.
   */
  private static final int WITH_VECTORS = 0x7f;

  /** Equal ones by name, so that the same are kept however items are spread over tasks. */
  private static final Comparator<Displaced> FURTHEST_FIRST =
      Comparator.comparingDouble(Displaced::displacement).reversed().thenComparing(Displaced::item);

  private final PriorityQueue<Displaced> kept = new PriorityQueue<>(FURTHEST_FIRST.reversed());

  /** One without a direction is left out. */
  void offer(Displaced one) {
    if (!Double.isNaN(one.displacement())) {
      kept.add(one);
      if (kept.size() > MOST) {
        kept.poll();
      }
    }
  }

  /** The furthest first. */
  List<Displaced> all() {
    return kept.stream().sorted(FURTHEST_FIRST).toList();
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(WITH_VECTORS);
      for (Displaced one : all()) {
        out.writeUTF(one.item());
        out.writeDouble(one.displacement());
        write(one.inBase(), out);
        write(one.inRelease(), out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Vector vector, DataOutputStream out) throws IOException {
    out.writeInt(vector.bytes().length);
    out.write(vector.bytes());
  }

  /** Offers what {@link #bytes} wrote, or did before there were vectors. */
  void offer(byte[] bytes) {
    boolean vectors = bytes.length > 0 && bytes[0] == WITH_VECTORS;
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (vectors) {
        in.skipNBytes(1);
      }
      while (in.available() > 0) {
        offer(
            new Displaced(
                in.readUTF(),
                in.readDouble(),
                vectors ? vector(in) : Vector.NONE,
                vectors ? vector(in) : Vector.NONE));
      }
    } catch (IOException cut) {
      throw new IllegalArgumentException("items that moved end too early", cut);
    }
  }

  private static Vector vector(DataInputStream in) throws IOException {
    return Vector.read(in.readNBytes(in.readInt()));
  }
}
