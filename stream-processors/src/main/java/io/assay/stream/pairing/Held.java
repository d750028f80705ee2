package io.assay.stream.pairing;

import io.assay.stream.serving.Side;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What is remembered of an id. */
sealed interface Held {
  /** When the other half can no longer come, by the clock; milliseconds since the epoch. */
  long untilMillis();

  /** A half that waits, as it came. */
  record Waiting(Record<byte[], byte[]> record, long untilMillis) implements Held {
    Side side() {
      return ServedHeaders.side(record.headers());
    }
  }

  /** Paired, or put aside; remembered so that what comes again is known. */
  record Settled(boolean paired, Set<Side> came, long untilMillis) implements Held {
    public Settled {
      came = Set.copyOf(came);
    }
  }

  byte WAITING = 1;
  byte PAIRED = 2;
  byte ASIDE = 3;

  static byte[] bytes(Held held) {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      switch (held) {
        case Waiting(Record<byte[], byte[]> record, long until) -> {
          out.writeByte(WAITING);
          out.writeLong(until);
          write(record, out);
        }
        case Settled(boolean paired, Set<Side> came, long until) -> {
          out.writeByte(paired ? PAIRED : ASIDE);
          out.writeLong(until);
          out.writeByte(came.stream().mapToInt(Held::bit).sum());
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static Held read(byte[] key, byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte kind = in.readByte();
      long until = in.readLong();
      if (kind == WAITING) {
        return new Waiting(readRecord(key, in), until);
      }
      if (kind != PAIRED && kind != ASIDE) {
        throw new IllegalStateException("what is held of an id has no kind " + kind);
      }
      int sides = in.readByte();
      Set<Side> came = EnumSet.noneOf(Side.class);
      for (Side side : Side.values()) {
        if ((sides & bit(side)) != 0) {
          came.add(side);
        }
      }
      return new Settled(kind == PAIRED, came, until);
    } catch (IOException broken) {
      throw new UncheckedIOException("what is held of an id cannot be read", broken);
    }
  }

  private static int bit(Side side) {
    return switch (side) {
      case REQUEST -> 1;
      case RESPONSE -> 2;
    };
  }

  private static void write(Record<byte[], byte[]> record, DataOutputStream out)
      throws IOException {
    out.writeLong(record.timestamp());
    Header[] headers = record.headers().toArray();
    out.writeInt(headers.length);
    for (Header header : headers) {
      byte[] name = header.key().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      out.writeInt(name.length);
      out.write(name);
      write(header.value(), out);
    }
    write(record.value(), out);
  }

  private static void write(byte @Nullable [] value, DataOutputStream out) throws IOException {
    out.writeInt(value == null ? -1 : value.length);
    if (value != null) {
      out.write(value);
    }
  }

  // Kafka's records and headers take null for an absent value, without saying so in their types.
  @SuppressWarnings("NullAway")
  private static Record<byte[], byte[]> readRecord(byte[] key, DataInputStream in)
      throws IOException {
    long timestamp = in.readLong();
    Headers headers = new RecordHeaders();
    for (int left = in.readInt(); left > 0; left--) {
      String name =
          new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
      headers.add(name, readValue(in));
    }
    return new Record<>(key, readValue(in), timestamp, headers);
  }

  private static byte @Nullable [] readValue(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
