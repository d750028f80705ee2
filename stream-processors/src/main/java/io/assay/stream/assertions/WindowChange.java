package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.contract.PartialRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What has changed the counts of a task since they were handed on, as it is stored. */
sealed interface WindowChange {
  int VERSION = 2;
  int CAME = 0;
  int REACHED = 1;

  /** An event was counted. */
  final class Came implements WindowChange {
    private final String stream;
    private final Coordinates source;
    private final long received;
    private final byte[] pairs;
    private final byte[] payload;

    /** {@code pairs}: those that it completed, as bytes. */
    Came(String stream, Coordinates source, long received, byte[] pairs, byte[] payload) {
      this.stream = stream;
      this.source = source;
      this.received = received;
      this.pairs = pairs;
      this.payload = payload;
    }

    String stream() {
      return stream;
    }

    Coordinates source() {
      return source;
    }

    long received() {
      return received;
    }

    byte[] pairs() {
      return pairs;
    }

    byte[] payload() {
      return payload;
    }
  }

  /**
   * A source is read further.
   *
   * @param newest event time of its newest event; the least there is while there is none
   */
  record Reached(String stream, int sourcePartition, long received, long newest)
      implements WindowChange {}

  default byte[] bytes() {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      switch (this) {
        case Came came -> {
          out.writeByte(CAME);
          out.writeUTF(came.stream);
          out.writeUTF(came.source.topic());
          out.writeInt(came.source.partition());
          out.writeLong(came.source.offset());
          out.writeLong(came.received);
          out.writeInt(came.pairs.length);
          out.write(came.pairs);
          out.write(came.payload);
        }
        case Reached(var stream, var partition, var received, var newest) -> {
          out.writeByte(REACHED);
          out.writeUTF(stream);
          out.writeInt(partition);
          out.writeLong(received);
          out.writeLong(newest);
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
  static WindowChange read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      needVersion(in.readByte());
      int kind = in.readByte();
      return switch (kind) {
        case CAME ->
            new Came(
                in.readUTF(),
                new Coordinates(in.readUTF(), in.readInt(), in.readLong()),
                in.readLong(),
                in.readNBytes(in.readInt()),
                in.readAllBytes());
        case REACHED -> new Reached(in.readUTF(), in.readInt(), in.readLong(), in.readLong());
        default -> throw new IllegalArgumentException("no change is of kind " + kind);
      };
    } catch (IOException broken) {
      throw new IllegalArgumentException("a change is cut short", broken);
    }
  }

  private static void needVersion(int version) {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "counts of windows need version %d, got %d".formatted(VERSION, version));
    }
  }

  static byte[] writeAll(List<PartialRecord> records) {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(records.size());
      for (PartialRecord record : records) {
        byte[] own = record.bytes();
        out.writeInt(own.length);
        out.write(own);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads {@link #writeAll}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  static List<PartialRecord> readAll(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      needVersion(in.readByte());
      int count = in.readInt();
      List<PartialRecord> records = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        records.add(PartialRecord.read(in.readNBytes(in.readInt())));
      }
      return records;
    } catch (IOException broken) {
      throw new IllegalArgumentException("counts of windows are cut short", broken);
    }
  }
}
