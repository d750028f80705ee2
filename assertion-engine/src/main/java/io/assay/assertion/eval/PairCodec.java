package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.List;

/** The pairs of versions that an event completes as bytes, for whoever counts the event again. */
public final class PairCodec {
  /** Before the hash of the fields; older bytes begin with a name, which is longer than this. */
  private static final int VERSION = 0;

  private final RowShapes shapes;

  PairCodec(RowShapes shapes) {
    this.shapes = shapes;
  }

  /** No bytes where there are no pairs. */
  public byte[] write(List<Taken.Pair> pairs) {
    StateWriter out = new StateWriter();
    if (!pairs.isEmpty()) {
      out.writeByte(VERSION);
      out.writeFixed(shapes.hash());
    }
    for (Taken.Pair pair : pairs) {
      out.writeText(pair.assertion());
      ValueCodec.writeRow(pair.older(), out);
      ValueCodec.writeRow(pair.newer(), out);
      out.writeLong(pair.at());
      out.writeLong(pair.apart());
    }
    return out.toBytes();
  }

  /**
   * Reads {@link #write}. Bytes without a version are of rows with the fields that there are now.
   *
   * @throws IllegalArgumentException where the bytes are no pairs, or nobody has told their fields
   */
  public List<Taken.Pair> read(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    RowShape rows = shapes.now();
    if (bytes.length > 0 && bytes[0] == VERSION) {
      in.readByte();
      rows = shapes.of(in.readFixed());
    }
    if (rows == null) {
      throw in.broken("fields that somebody has told");
    }
    List<Taken.Pair> pairs = new ArrayList<>();
    while (!in.atEnd()) {
      pairs.add(
          new Taken.Pair(
              in.readText(), rows.readRow(in), rows.readRow(in), in.readLong(), in.readLong()));
    }
    return pairs;
  }
}
