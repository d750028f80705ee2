package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a task that keeps vectors tells the one who merges. */
sealed interface Told {
  /** Of the bytes: a reader knows all before its own. */
  byte VERSION = 1;

  int partition();

  /** Nothing that has reached its sources some time ago is still on its way to this task. */
  record Alive(int partition) implements Told {}

  /**
   * How much of a release has come.
   *
   * @param sequence counts up with every one of the same release and partition
   * @param rows that came, replaced ones counted again
   * @param newestMillis event time
   * @param complete whether each source has said so by a marker
   * @param marked whether any has
   * @param shared by base, items that both have
   */
  record Progress(
      int partition,
      String release,
      long sequence,
      int dimensions,
      long rows,
      long items,
      long newestMillis,
      boolean complete,
      boolean marked,
      Map<String, Long> shared)
      implements Told {
    public Progress {
      shared = Map.copyOf(shared);
    }

    /** Whether more has come since another. */
    boolean isOtherThan(Progress before) {
      return rows != before.rows
          || items != before.items
          || complete != before.complete
          || marked != before.marked;
    }
  }

  /**
   * All pieces of a step are told.
   *
   * @param step which of the statuses asked for it
   * @param parts by base
   */
  record Answer(
      int partition,
      String release,
      ReleaseStatus step,
      long items,
      long newestMillis,
      Map<String, Part> parts)
      implements Told {
    public Answer {
      parts = Map.copyOf(parts);
    }
  }

  /**
   * What is told against one base.
   *
   * @param shared items that both have
   * @param pieces in how many it came
   * @param bytes of all of them
   */
  record Part(long shared, int pieces, long bytes) {}

  /** A piece of what is told against a base. */
  final class Piece implements Told {
    private final int partition;
    private final String release;
    private final ReleaseStatus step;
    private final String base;
    private final int number;
    private final byte[] bytes;

    Piece(
        int partition, String release, ReleaseStatus step, String base, int number, byte[] bytes) {
      this.partition = partition;
      this.release = release;
      this.step = step;
      this.base = base;
      this.number = number;
      this.bytes = bytes;
    }

    @Override
    public int partition() {
      return partition;
    }

    String release() {
      return release;
    }

    ReleaseStatus step() {
      return step;
    }

    String base() {
      return base;
    }

    int number() {
      return number;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  default byte[] write() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      switch (this) {
        case Alive ignored -> out.writeByte('a');
        case Progress progress -> {
          out.writeByte('p');
          write(progress, out);
        }
        case Answer answer -> {
          out.writeByte('w');
          write(answer, out);
        }
        case Piece piece -> {
          out.writeByte('c');
          write(piece, out);
        }
      }
      out.writeInt(partition());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Progress progress, DataOutputStream out) throws IOException {
    out.writeUTF(progress.release);
    out.writeLong(progress.sequence);
    out.writeInt(progress.dimensions);
    out.writeLong(progress.rows);
    out.writeLong(progress.items);
    out.writeLong(progress.newestMillis);
    out.writeBoolean(progress.complete);
    out.writeBoolean(progress.marked);
    out.writeInt(progress.shared.size());
    for (Map.Entry<String, Long> one : progress.shared.entrySet()) {
      out.writeUTF(one.getKey());
      out.writeLong(one.getValue());
    }
  }

  private static void write(Answer answer, DataOutputStream out) throws IOException {
    out.writeUTF(answer.release);
    out.writeUTF(answer.step.name());
    out.writeLong(answer.items);
    out.writeLong(answer.newestMillis);
    out.writeInt(answer.parts.size());
    for (Map.Entry<String, Part> one : answer.parts.entrySet()) {
      out.writeUTF(one.getKey());
      out.writeLong(one.getValue().shared);
      out.writeInt(one.getValue().pieces);
      out.writeLong(one.getValue().bytes);
    }
  }

  private static void write(Piece piece, DataOutputStream out) throws IOException {
    out.writeUTF(piece.release);
    out.writeUTF(piece.step.name());
    out.writeUTF(piece.base);
    out.writeInt(piece.number);
    out.writeInt(piece.bytes.length);
    out.write(piece.bytes);
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws IllegalArgumentException of other bytes, or of a later version
   */
  static Told read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(Objects.requireNonNull(bytes)))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "what a task tells needs version %d, got %d".formatted(VERSION, version));
      }
      byte kind = in.readByte();
      return switch (kind) {
        case 'a' -> new Alive(in.readInt());
        case 'p' -> progress(in);
        case 'w' -> answer(in);
        case 'c' -> piece(in);
        default ->
            throw new IllegalArgumentException("what a task tells has no kind " + (char) kind);
      };
    } catch (IOException cut) {
      throw new IllegalArgumentException("what a task tells ends too early", cut);
    }
  }

  private static Progress progress(DataInputStream in) throws IOException {
    String release = in.readUTF();
    long sequence = in.readLong();
    int dimensions = in.readInt();
    long rows = in.readLong();
    long items = in.readLong();
    long newest = in.readLong();
    boolean complete = in.readBoolean();
    boolean marked = in.readBoolean();
    Map<String, Long> shared = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      shared.put(in.readUTF(), in.readLong());
    }
    return new Progress(
        in.readInt(), release, sequence, dimensions, rows, items, newest, complete, marked, shared);
  }

  private static Answer answer(DataInputStream in) throws IOException {
    String release = in.readUTF();
    ReleaseStatus step = ReleaseStatus.valueOf(in.readUTF());
    long items = in.readLong();
    long newest = in.readLong();
    Map<String, Part> parts = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      parts.put(in.readUTF(), new Part(in.readLong(), in.readInt(), in.readLong()));
    }
    return new Answer(in.readInt(), release, step, items, newest, parts);
  }

  private static Piece piece(DataInputStream in) throws IOException {
    String release = in.readUTF();
    ReleaseStatus step = ReleaseStatus.valueOf(in.readUTF());
    String base = in.readUTF();
    int number = in.readInt();
    byte[] bytes = in.readNBytes(in.readInt());
    return new Piece(in.readInt(), release, step, base, number, bytes);
  }
}
