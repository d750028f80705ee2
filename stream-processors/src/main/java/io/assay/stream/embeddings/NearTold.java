package io.assay.stream.embeddings;

import io.assay.stability.NearestItems;
import io.assay.stability.NearestItems.Near;
import io.assay.stream.contract.StabilityRecord.Neighbour;
import io.assay.stream.contract.StabilityRecord.Neighbourhood;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What one task, or all together, found near the items that moved most; those the same in all. */
record NearTold(int k, List<Around> items) {
  /** A record has to fit on a topic, and names may have a thousand letters. */
  private static final int MOST_BYTES = 128 * 1024;

  /** Of JSON, around each name. */
  private static final int BESIDE_A_NAME = 48;

  NearTold {
    items = List.copyOf(items);
  }

  /** What is near an item in the base and in the release, the nearest first. */
  record Around(String item, double displacement, List<Near> before, List<Near> after) {
    Around {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /** {@code told}: by tasks without an item in common; one at least. */
  static NearTold merge(List<NearTold> told) {
    NearTold first = told.getFirst();
    List<Around> all = new ArrayList<>();
    for (int i = 0; i < first.items.size(); i++) {
      int at = i;
      List<Around> ofOne = told.stream().map(one -> one.items.get(at)).toList();
      all.add(
          new Around(
              first.items.get(i).item,
              first.items.get(i).displacement,
              NearestItems.merge(first.k, ofOne.stream().map(Around::before).toList()),
              NearestItems.merge(first.k, ofOne.stream().map(Around::after).toList())));
    }
    return new NearTold(first.k, all);
  }

  /** As far as a record has room, the furthest first. */
  Neighbourhoods bounded() {
    List<Neighbourhood> bounded = new ArrayList<>();
    long bytes = 0;
    for (Around one : items) {
      bytes += size(one.item);
      bytes += one.before.stream().mapToLong(near -> size(near.item())).sum();
      bytes += one.after.stream().mapToLong(near -> size(near.item())).sum();
      if (bytes > MOST_BYTES) {
        break;
      }
      bounded.add(
          new Neighbourhood(
              one.item, one.displacement, neighbours(one.before), neighbours(one.after)));
    }
    return new Neighbourhoods(k, bounded);
  }

  private static long size(String name) {
    return (long) BESIDE_A_NAME + name.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<Neighbour> neighbours(List<Near> near) {
    return near.stream()
        .map(one -> new Neighbour(one.item(), Math.round(one.cosine() * 1e6) / 1e6))
        .toList();
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(Told.VERSION);
      out.writeInt(k);
      out.writeInt(items.size());
      for (Around one : items) {
        out.writeUTF(one.item);
        out.writeDouble(one.displacement);
        write(one.before, out);
        write(one.after, out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(List<Near> near, DataOutputStream out) throws IOException {
    out.writeInt(near.size());
    for (Near one : near) {
      out.writeUTF(one.item());
      out.writeDouble(one.cosine());
    }
  }

  /**
   * What {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException of other bytes, or of a later version
   */
  static NearTold read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != Told.VERSION) {
        throw new IllegalArgumentException(
            "what is near needs version %d, got %d".formatted(Told.VERSION, version));
      }
      int k = in.readInt();
      List<Around> items = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        items.add(new Around(in.readUTF(), in.readDouble(), near(in), near(in)));
      }
      return new NearTold(k, items);
    } catch (IOException cut) {
      throw new IllegalArgumentException("what is near ends too early", cut);
    }
  }

  private static List<Near> near(DataInputStream in) throws IOException {
    List<Near> near = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      near.add(new Near(in.readUTF(), in.readDouble()));
    }
    return near;
  }
}
