package io.assay.stability;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Rows for nearest neighbours, which do not add up: those whose items have the smallest hashes. The
 * same items in whatever order and shards they come, and as good as drawn by lot.
 */
final class RowSample {
  /** A hash, and the item where two have the same. */
  private record Place(long hash, String item) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byHash = Long.compareUnsigned(hash, other.hash);
      return byHash != 0 ? byHash : item.compareTo(other.item);
    }
  }

  private final int size;
  private final TreeMap<Place, PairRow> rows = new TreeMap<>();
  private boolean dropped;

  RowSample(int size) {
    this.size = size;
  }

  void add(PairRow row) {
    if (size == 0) {
      return;
    }
    Place place = place(row);
    if (rows.size() == size && place.compareTo(rows.lastKey()) > 0) {
      dropped = true;
      return;
    }
    rows.put(place, row);
    if (rows.size() > size) {
      rows.pollLastEntry();
      dropped = true;
    }
  }

  void remove(PairRow row) {
    rows.remove(place(row));
  }

  RowSample merged(RowSample other) {
    var both = new RowSample(size);
    rows.values().forEach(both::add);
    other.rows.values().forEach(both::add);
    both.dropped |= dropped || other.dropped;
    return both;
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(dropped);
    out.writeInt(rows.size());
    for (PairRow row : rows.values()) {
      StateCodec.row(row, out);
    }
  }

  static RowSample read(PairShape shape, DataInput in) throws IOException {
    var sample = new RowSample(shape.sample());
    boolean dropped = in.readBoolean();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      sample.add(StateCodec.row(shape, in));
    }
    sample.dropped = dropped;
    return sample;
  }

  /** So many have gone that what is left is half of what was wanted, and others could be taken. */
  boolean thin() {
    return dropped && rows.size() < size / 2;
  }

  List<PairRow> rows() {
    return new ArrayList<>(rows.values());
  }

  private static Place place(PairRow row) {
    // FNV-1a, then the finalizer of SplitMix64: neighbouring names end up far apart.
    long hash = 0xcbf29ce484222325L;
    for (byte b : row.item().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return new Place(hash ^ (hash >>> 31), row.item());
  }
}
