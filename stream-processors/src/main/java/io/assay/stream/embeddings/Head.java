package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a task knows of a release beside its vectors. Written with every row. */
final class Head {
  private static final byte VERSION = 1;

  final String name;

  /** Its number in this task alone: short, and at the beginning of keys. */
  final int ordinal;

  final int dimensions;
  long rows;
  long items;
  long newestMillis = Long.MIN_VALUE;

  /** Sources that have sent a marker. */
  final SortedSet<Integer> markers = new TreeSet<>();

  /** Whether rows that come now are late. */
  boolean closed;

  /** The last step that was answered; OPEN for none. */
  ReleaseStatus answered = ReleaseStatus.OPEN;

  /** How often that had been asked. */
  int asked;

  /** Whether its vectors are deleted, as far as they are. */
  boolean gone;

  /** Of what was told last. */
  long sequence;

  /** By base, in how many pieces its checkpoint stands; none where there is no checkpoint. */
  final Map<String, Integer> checkpoints = new TreeMap<>();

  /** Rows that changed something since the checkpoint. */
  long journaled;

  Head(String name, int ordinal, int dimensions) {
    this.name = name;
    this.ordinal = ordinal;
    this.dimensions = dimensions;
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream(128);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(name);
      out.writeInt(ordinal);
      out.writeInt(dimensions);
      out.writeLong(rows);
      out.writeLong(items);
      out.writeLong(newestMillis);
      out.writeInt(markers.size());
      for (int marker : markers) {
        out.writeInt(marker);
      }
      out.writeBoolean(closed);
      out.writeByte(place(answered));
      out.writeInt(asked);
      out.writeBoolean(gone);
      out.writeLong(sequence);
      out.writeInt(checkpoints.size());
      for (Map.Entry<String, Integer> one : checkpoints.entrySet()) {
        out.writeUTF(one.getKey());
        out.writeInt(one.getValue());
      }
      out.writeLong(journaled);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static Head read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException(
            "a release is stored in version %d, this program reads %d".formatted(version, VERSION));
      }
      var head = new Head(in.readUTF(), in.readInt(), in.readInt());
      head.rows = in.readLong();
      head.items = in.readLong();
      head.newestMillis = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        head.markers.add(in.readInt());
      }
      head.closed = in.readBoolean();
      head.answered = step(in.readByte());
      head.asked = in.readInt();
      head.gone = in.readBoolean();
      head.sequence = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        head.checkpoints.put(in.readUTF(), in.readInt());
      }
      head.journaled = in.readLong();
      return head;
    } catch (IOException cut) {
      throw new UncheckedIOException("a stored release ends early", cut);
    }
  }

  /** Where a step stands in what is stored; never changes. */
  private static int place(ReleaseStatus step) {
    return switch (step) {
      case OPEN -> 0;
      case CLOSING -> 1;
      case PRECISE -> 2;
      case TURNING -> 3;
      case NEIGHBOURS -> 4;
      case ACCEPTED, REJECTED, ABANDONED, RETIRED ->
          throw new IllegalArgumentException("nothing is answered to " + step);
    };
  }

  private static ReleaseStatus step(int place) {
    return switch (place) {
      case 0 -> ReleaseStatus.OPEN;
      case 1 -> ReleaseStatus.CLOSING;
      case 2 -> ReleaseStatus.PRECISE;
      case 3 -> ReleaseStatus.TURNING;
      case 4 -> ReleaseStatus.NEIGHBOURS;
      default -> throw new IllegalStateException("a stored release has answered step " + place);
    };
  }
}
