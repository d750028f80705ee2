package io.assay.stream.contract;

import io.assay.assertion.event.Coordinates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes to where predictions and what turned out to be true of them meet, by id. A partition of
 * its topic is the order in which they meet.
 */
public sealed interface AwaitingRecord {
  int VERSION = 1;
  int CAME = 0;
  int READ = 1;

  String project();

  /** Of the predictions, also where it is about their truth. */
  String stream();

  /** A prediction that was taken, or a truth. */
  final class Came implements AwaitingRecord {
    private final String project;
    private final String stream;
    private final String id;
    private final boolean truth;
    private final String note;
    private final Coordinates source;
    private final long received;
    private final byte[] payload;

    /**
     * @param truth else a prediction
     * @param note of a prediction: who has counted it, for whoever joins it
     * @param received nanoseconds since the epoch
     * @param payload as it came
     */
    public Came(
        String project,
        String stream,
        String id,
        boolean truth,
        String note,
        Coordinates source,
        long received,
        byte[] payload) {
      this.project = project;
      this.stream = stream;
      this.id = id;
      this.truth = truth;
      this.note = note;
      this.source = source;
      this.received = received;
      this.payload = payload.clone();
    }

    @Override
    public String project() {
      return project;
    }

    @Override
    public String stream() {
      return stream;
    }

    public String id() {
      return id;
    }

    public boolean isTruth() {
      return truth;
    }

    public String note() {
      return note;
    }

    public Coordinates source() {
      return source;
    }

    public long received() {
      return received;
    }

    public byte[] payload() {
      return payload.clone();
    }

    /** {@code project/stream/id}: one task has all of an id. */
    public byte[] key() {
      return (project + '/' + stream + '/' + id).getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * How far sources have been read: what comes behind this in a partition came later.
   *
   * @param topic of truths; empty for predictions
   * @param reader number of the task that says it of these sources
   * @param readers how many tasks say it of each source
   * @param sources how many there are
   */
  record Read(
      String project,
      String stream,
      String topic,
      int reader,
      int readers,
      int sources,
      List<Mark> marks)
      implements AwaitingRecord {
    public Read {
      marks = List.copyOf(marks);
    }
  }

  /**
   * How far a source has been read.
   *
   * @param source its partition
   * @param received up to which arrivals, nanoseconds since the epoch
   * @param newest event time of the newest event among them; the least there is where that is not
   *     known
   */
  record Mark(int source, long received, long newest) {}

  default byte[] bytes() {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      switch (this) {
        case Came came -> {
          out.writeByte(CAME);
          out.writeUTF(came.project);
          out.writeUTF(came.stream);
          byte[] id = came.id.getBytes(StandardCharsets.UTF_8);
          out.writeInt(id.length);
          out.write(id);
          out.writeBoolean(came.truth);
          out.writeUTF(came.note);
          out.writeUTF(came.source.topic());
          out.writeInt(came.source.partition());
          out.writeLong(came.source.offset());
          out.writeLong(came.received);
          out.write(came.payload);
        }
        case Read read -> {
          out.writeByte(READ);
          out.writeUTF(read.project);
          out.writeUTF(read.stream);
          out.writeUTF(read.topic);
          out.writeInt(read.reader);
          out.writeInt(read.readers);
          out.writeInt(read.sources);
          out.writeInt(read.marks.size());
          for (Mark mark : read.marks) {
            out.writeInt(mark.source);
            out.writeLong(mark.received);
            out.writeLong(mark.newest);
          }
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads {@link #bytes()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  static AwaitingRecord read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "what awaits truth needs version %d, got %d".formatted(VERSION, version));
      }
      int kind = in.readByte();
      return switch (kind) {
        case CAME ->
            new Came(
                in.readUTF(),
                in.readUTF(),
                new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8),
                in.readBoolean(),
                in.readUTF(),
                new Coordinates(in.readUTF(), in.readInt(), in.readLong()),
                in.readLong(),
                in.readAllBytes());
        case READ ->
            new Read(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                marks(in));
        default -> throw new IllegalArgumentException("nothing is of kind " + kind);
      };
    } catch (IOException broken) {
      throw new IllegalArgumentException("what awaits truth is cut short", broken);
    }
  }

  private static List<Mark> marks(DataInputStream in) throws IOException {
    List<Mark> marks = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      marks.add(new Mark(in.readInt(), in.readLong(), in.readLong()));
    }
    return marks;
  }
}
