package io.assay.stream.assertions;

import io.assay.assertion.event.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a lane tells of its stream as a whole.
 *
 * @param told event time of the newest that was told
 * @param reached event time of the lane's newest event; the least there is where that is told later
 * @param events as they came
 */
record ToldEvents(long told, long reached, List<WindowChange.Came> events) {
  private static final int VERSION = 1;

  ToldEvents {
    events = List.copyOf(events);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(told);
      out.writeLong(reached);
      out.writeInt(events.size());
      for (WindowChange.Came came : events) {
        byte[] own = came.bytes();
        out.writeInt(own.length);
        out.write(own);
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
  static ToldEvents read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "told events need version %d, got %d".formatted(VERSION, version));
      }
      long told = in.readLong();
      long reached = in.readLong();
      int count = in.readInt();
      List<WindowChange.Came> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (WindowChange.read(in.readNBytes(in.readInt())) instanceof WindowChange.Came came) {
          events.add(came);
        }
      }
      return new ToldEvents(told, reached, events);
    } catch (IOException broken) {
      throw new IllegalArgumentException("told events are cut short", broken);
    }
  }

  /** Where an event was read; it is decoded again where all lanes are merged. */
  static WindowChange.Came came(Event event, byte[] pairs, byte[] payload) {
    return new WindowChange.Came(
        event.stream().name(), event.source(), event.received(), pairs, payload);
  }
}
