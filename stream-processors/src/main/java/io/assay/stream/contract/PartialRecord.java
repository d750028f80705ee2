package io.assay.stream.contract;

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
 * What one task has gathered since its last record for something that is judged over all tasks, and
 * how far it has read its sources. Records of one assertion stand in one partition, and add up in
 * any order.
 *
 * @param assertion over windows; empty for all that is said over a stream
 * @param judgementHash of the assertion: what was counted for another is another's
 * @param lanes how many there are of all tasks: each is what one source partition brings to one
 *     task
 * @param perSource so many lanes in a row are of one source partition
 */
public record PartialRecord(
    String project,
    String stream,
    String assertion,
    String judgementHash,
    int lanes,
    int perSource,
    List<Piece> pieces) {
  private static final int VERSION = 2;

  /** Lanes were not told apart by their sources. */
  private static final int WITHOUT_SOURCES = 1;

  /** What came in one lane. */
  public static final class Piece {
    private final int lane;
    private final long received;
    private final byte[] part;

    /**
     * @param lane from 0
     * @param received up to which arrivals the lane's source is read, nanoseconds since the epoch;
     *     the least there is where the piece says nothing of that
     * @param part the counts, as the engine writes them
     */
    public Piece(int lane, long received, byte[] part) {
      this.lane = lane;
      this.received = received;
      this.part = part.clone();
    }

    public int lane() {
      return lane;
    }

    public long received() {
      return received;
    }

    public byte[] part() {
      return part.clone();
    }
  }

  public PartialRecord {
    pieces = List.copyOf(pieces);
  }

  /** Up to which arrivals the furthest of its lanes is read; the least there is for none. */
  public long received() {
    return pieces.stream().mapToLong(Piece::received).max().orElse(Long.MIN_VALUE);
  }

  /** The same, with the lanes of so many sources or more. */
  public PartialRecord withSources(int least) {
    return least * perSource <= lanes
        ? this
        : new PartialRecord(
            project, stream, assertion, judgementHash, least * perSource, perSource, pieces);
  }

  /** {@code project/judgementHash}: all of an assertion's are merged by one task. */
  public byte[] key() {
    return (project + '/' + judgementHash).getBytes(StandardCharsets.UTF_8);
  }

  public byte[] bytes() {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(project);
      out.writeUTF(stream);
      out.writeUTF(assertion);
      out.writeUTF(judgementHash);
      out.writeInt(lanes);
      out.writeInt(perSource);
      out.writeInt(pieces.size());
      for (Piece piece : pieces) {
        out.writeInt(piece.lane);
        out.writeLong(piece.received);
        out.writeInt(piece.part.length);
        out.write(piece.part);
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
  public static PartialRecord read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION && version != WITHOUT_SOURCES) {
        throw new IllegalArgumentException(
            "a partial needs version %d, got %d".formatted(VERSION, version));
      }
      String project = in.readUTF();
      String stream = in.readUTF();
      String assertion = in.readUTF();
      String judgementHash = in.readUTF();
      int lanes = in.readInt();
      int perSource = version == WITHOUT_SOURCES ? 1 : in.readInt();
      int count = in.readInt();
      List<Piece> pieces = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        pieces.add(new Piece(in.readInt(), in.readLong(), in.readNBytes(in.readInt())));
      }
      return new PartialRecord(project, stream, assertion, judgementHash, lanes, perSource, pieces);
    } catch (IOException | IllegalArgumentException broken) {
      throw new IllegalArgumentException("these bytes are no partial: " + broken, broken);
    }
  }
}
