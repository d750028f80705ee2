package io.assay.assertion.eval;

import org.jspecify.annotations.Nullable;

/** What kinds remember of sightings, as bytes of a state. */
final class TrailCodec {
  private static final int STRETCHES = 1;
  private static final int RECENT = 2;
  private static final int SWITCHES = 3;
  private static final int LAST = 4;

  /** Of a sighting: its event is kept, and tells when it was. */
  private static final int KEPT = 1;

  /** It follows the one before in the next event. */
  private static final int NEXT = 2;

  /** It has the value of the one before. */
  private static final int SAME = 4;

  private TrailCodec() {}

  static void write(Trail trail, History history, StateWriter out) {
    switch (trail) {
      case Trail.Stretches stretches -> {
        out.writeByte(STRETCHES);
        writeStretch(stretches.now, out);
        out.writeByte(stretches.earlier == null ? 0 : 1);
        if (stretches.earlier != null) {
          writeStretch(stretches.earlier, out);
        }
      }
      case Trail.Recent recent -> {
        out.writeByte(RECENT);
        writeEpisode(recent.episode, out);
        writeValues(recent.values, history, out);
      }
      case Trail.Switches switches -> {
        out.writeByte(SWITCHES);
        out.writeByte(switches.there ? 1 : 0);
        writeEpisode(switches.episode, out);
        writeValues(switches.values, history, out);
      }
      case Trail.Last last -> {
        out.writeByte(LAST);
        writeOptional(last.value, out);
        out.writeTime(last.at);
        out.writeSequence(last.sequence);
        out.writeLong(last.element);
      }
    }
  }

  static Trail read(History history, StateReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case STRETCHES -> {
        Trail.Stretch now = readStretch(in);
        yield new Trail.Stretches(in.readByte() == 0 ? null : readStretch(in), now);
      }
      case RECENT -> {
        Trail.Recent recent = new Trail.Recent();
        readEpisode(recent.episode, in);
        readValues(recent.values, history, in);
        yield recent;
      }
      case SWITCHES -> {
        Trail.Switches switches = new Trail.Switches();
        switches.there = in.readByte() != 0;
        readEpisode(switches.episode, in);
        readValues(switches.values, history, in);
        yield switches;
      }
      case LAST -> {
        Trail.Last last = new Trail.Last();
        last.value = readOptional(in);
        last.at = in.readTime();
        last.sequence = in.readSequence();
        last.element = (int) in.readLong();
        yield last;
      }
      default -> throw in.broken("a known kind of trail, not " + kind + ",");
    };
  }

  private static void writeStretch(Trail.Stretch stretch, StateWriter out) {
    ValueCodec.write(stretch.value, out);
    out.writeUnsigned(stretch.count);
    out.writeSequence(stretch.firstSequence);
    out.writeLong(stretch.firstElement);
    out.writeTime(stretch.lastAt);
    out.writeLong(stretch.lastIndex);
    out.writeLong(stretch.lastSequence - stretch.firstSequence);
    out.writeLong(stretch.lastElement);
  }

  private static Trail.Stretch readStretch(StateReader in) {
    Object value = ValueCodec.read(in);
    long count = in.readUnsigned();
    Trail.Stretch stretch = new Trail.Stretch(value, in.readSequence(), (int) in.readLong());
    stretch.count = count;
    stretch.lastAt = in.readTime();
    stretch.lastIndex = in.readLong();
    stretch.lastSequence = stretch.firstSequence + in.readLong();
    stretch.lastElement = (int) in.readLong();
    return stretch;
  }

  private static void writeEpisode(Trail.Episode episode, StateWriter out) {
    out.writeByte(episode.open ? 1 : 0);
    if (episode.open) {
      out.writeTime(episode.lastAt);
      out.writeLong(episode.lastIndex);
    }
  }

  private static void readEpisode(Trail.Episode episode, StateReader in) {
    episode.open = in.readByte() != 0;
    if (episode.open) {
      episode.lastAt = in.readTime();
      episode.lastIndex = in.readLong();
    }
  }

  /** Each sighting by what differs from the one before. */
  private static void writeValues(Values values, History history, StateWriter out) {
    out.writeUnsigned(values.size());
    for (int i = 0; i < values.size(); i++) {
      boolean kept = history.isAt(values.sequence(i), values.at(i));
      boolean next =
          i > 0
              && values.index(i) == values.index(i - 1) + 1
              && values.sequence(i) == values.sequence(i - 1) + 1;
      boolean same = i > 0 && values.value(i).equals(values.value(i - 1));
      out.writeLong(
          (long) values.element(i) << 3
              | (kept ? KEPT : 0)
              | (next ? NEXT : 0)
              | (same ? SAME : 0));
      if (!next) {
        out.writeLong(values.index(i));
        out.writeSequence(values.sequence(i));
      }
      if (!kept) {
        out.writeTime(values.at(i));
      }
      if (!same) {
        ValueCodec.write(values.value(i), out);
      }
    }
  }

  private static void readValues(Values values, History history, StateReader in) {
    if (!in.isCompact()) {
      readOlderValues(values, in);
      return;
    }
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      long head = in.readLong();
      if (i == 0 && (head & (NEXT | SAME)) != 0) {
        throw in.broken("a first sighting");
      }
      boolean next = (head & NEXT) != 0;
      long index = next ? values.index(i - 1) + 1 : in.readLong();
      long sequence = next ? values.sequence(i - 1) + 1 : in.readSequence();
      long at = (head & KEPT) != 0 ? timeOf(sequence, history, in) : in.readTime();
      Object value = (head & SAME) != 0 ? values.value(i - 1) : ValueCodec.read(in);
      values.add(at, index, sequence, (int) (head >> 3), value);
    }
  }

  /** When an event was that is kept. */
  static long timeOf(long sequence, History history, StateReader in) {
    Past past = history.get(sequence);
    if (past == null) {
      throw in.broken("event " + sequence);
    }
    return past.at();
  }

  /** By the distances from the one before. */
  private static void readOlderValues(Values values, StateReader in) {
    int count = in.readCount();
    long at = 0;
    long index = 0;
    long sequence = 0;
    for (int i = 0; i < count; i++) {
      at += in.readLong();
      index += in.readLong();
      sequence += in.readLong();
      values.add(at, index, sequence, (int) in.readLong(), ValueCodec.read(in));
    }
  }

  private static void writeOptional(@Nullable Object value, StateWriter out) {
    out.writeByte(value == null ? 0 : 1);
    if (value != null) {
      ValueCodec.write(value, out);
    }
  }

  private static @Nullable Object readOptional(StateReader in) {
    return in.readByte() == 0 ? null : ValueCodec.read(in);
  }
}
