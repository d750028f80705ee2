package io.assay.assertion.eval;

import io.assay.assertion.event.Type;
import org.jspecify.annotations.Nullable;

/** What kinds remember of sightings, as bytes of a state. */
final class TrailCodec {
  private static final int STRETCHES = 1;
  private static final int RECENT = 2;
  private static final int SWITCHES = 3;
  private static final int LAST = 4;

  private TrailCodec() {}

  static void write(Trail trail, StateWriter out) {
    switch (trail) {
      case Trail.Stretches stretches -> {
        out.writeByte(STRETCHES);
        writeStretch(stretches.now(), out);
        out.writeByte(stretches.earlier() == null ? 0 : 1);
        if (stretches.earlier() != null) {
          writeStretch(stretches.earlier(), out);
        }
      }
      case Trail.Recent recent -> {
        out.writeByte(RECENT);
        writeEpisode(recent.episode, out);
        writeValues(recent.values, out);
      }
      case Trail.Switches switches -> {
        out.writeByte(SWITCHES);
        out.writeByte(switches.there ? 1 : 0);
        writeEpisode(switches.episode, out);
        writeValues(switches.values, out);
      }
      case Trail.Last last -> {
        out.writeByte(LAST);
        writeOptional(last.value(), out);
        out.writeLong(last.at());
        out.writeLong(last.sequence());
        out.writeLong(last.element());
      }
    }
  }

  static Trail read(StateReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case STRETCHES -> {
        Trail.Stretch now = readStretch(in);
        yield new Trail.Stretches(in.readByte() == 0 ? null : readStretch(in), now);
      }
      case RECENT -> {
        Trail.Recent recent = new Trail.Recent();
        readEpisode(recent.episode, in);
        readValues(recent.values, in);
        yield recent;
      }
      case SWITCHES -> {
        Trail.Switches switches = new Trail.Switches();
        switches.there = in.readByte() != 0;
        readEpisode(switches.episode, in);
        readValues(switches.values, in);
        yield switches;
      }
      case LAST ->
          new Trail.Last(readOptional(in), in.readLong(), in.readLong(), (int) in.readLong());
      default -> throw in.broken("a known kind of trail, not " + kind + ",");
    };
  }

  private static void writeStretch(Trail.Stretch stretch, StateWriter out) {
    ValueCodec.write(stretch.value(), out);
    out.writeUnsigned(stretch.count());
    out.writeLong(stretch.firstSequence());
    out.writeLong(stretch.firstElement());
    out.writeLong(stretch.lastAt());
    out.writeLong(stretch.lastIndex());
    out.writeLong(stretch.lastSequence() - stretch.firstSequence());
    out.writeLong(stretch.lastElement());
  }

  private static Trail.Stretch readStretch(StateReader in) {
    Object value = ValueCodec.read(Type.Basic.DYN, in);
    long count = in.readUnsigned();
    long first = in.readLong();
    int firstElement = (int) in.readLong();
    return new Trail.Stretch(
        value,
        count,
        first,
        firstElement,
        in.readLong(),
        in.readLong(),
        first + in.readLong(),
        (int) in.readLong());
  }

  private static void writeEpisode(Trail.Episode episode, StateWriter out) {
    out.writeByte(episode.open ? 1 : 0);
    if (episode.open) {
      out.writeLong(episode.lastAt);
      out.writeLong(episode.lastIndex);
    }
  }

  private static void readEpisode(Trail.Episode episode, StateReader in) {
    episode.open = in.readByte() != 0;
    if (episode.open) {
      episode.lastAt = in.readLong();
      episode.lastIndex = in.readLong();
    }
  }

  /** Each sighting by its distance from the one before. */
  private static void writeValues(Values values, StateWriter out) {
    out.writeUnsigned(values.size());
    long at = 0;
    long index = 0;
    long sequence = 0;
    for (int i = 0; i < values.size(); i++) {
      out.writeLong(values.at(i) - at);
      out.writeLong(values.index(i) - index);
      out.writeLong(values.sequence(i) - sequence);
      out.writeLong(values.element(i));
      ValueCodec.write(values.value(i), out);
      at = values.at(i);
      index = values.index(i);
      sequence = values.sequence(i);
    }
  }

  private static void readValues(Values values, StateReader in) {
    int count = in.readCount();
    long at = 0;
    long index = 0;
    long sequence = 0;
    for (int i = 0; i < count; i++) {
      at += in.readLong();
      index += in.readLong();
      sequence += in.readLong();
      values.add(at, index, sequence, (int) in.readLong(), ValueCodec.read(Type.Basic.DYN, in));
    }
  }

  private static void writeOptional(@Nullable Object value, StateWriter out) {
    out.writeByte(value == null ? 0 : 1);
    if (value != null) {
      ValueCodec.write(value, out);
    }
  }

  private static @Nullable Object readOptional(StateReader in) {
    return in.readByte() == 0 ? null : ValueCodec.read(Type.Basic.DYN, in);
  }
}
