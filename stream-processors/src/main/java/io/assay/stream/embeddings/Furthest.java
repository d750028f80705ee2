package io.assay.stream.embeddings;

import io.assay.stream.contract.StabilityRecord.Moved;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The items that moved furthest, of all that are offered. */
final class Furthest {
  private static final int MOST = 20;

  /** Equal ones by name, so that the same are kept however items are spread over tasks. */
  private static final Comparator<Moved> FURTHEST_FIRST =
      Comparator.comparingDouble(Moved::displacement).reversed().thenComparing(Moved::item);

  private final PriorityQueue<Moved> kept = new PriorityQueue<>(FURTHEST_FIRST.reversed());

  /** {@code displacement}: NaN for one without a direction, which is left out. */
  void offer(String item, double displacement) {
    if (!Double.isNaN(displacement)) {
      kept.add(new Moved(item, displacement));
      if (kept.size() > MOST) {
        kept.poll();
      }
    }
  }

  /** The furthest first. */
  List<Moved> all() {
    return kept.stream().sorted(FURTHEST_FIRST).toList();
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (Moved moved : all()) {
        out.writeUTF(moved.item());
        out.writeDouble(moved.displacement());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Offers what {@link #bytes} wrote. */
  void offer(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        offer(in.readUTF(), in.readDouble());
      }
    } catch (IOException cut) {
      throw new IllegalArgumentException("items that moved end too early", cut);
    }
  }
}
