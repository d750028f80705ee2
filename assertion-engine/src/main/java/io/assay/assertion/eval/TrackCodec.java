package io.assay.assertion.eval;

import io.assay.assertion.event.Rect;

/** The identities of one assertion as bytes of a compact state: what follows from others is not. */
final class TrackCodec {
  private static final int DOUBTFUL = 1;
  private static final int VIOLATED = 1 << 1;
  private static final int ENDED = 1 << 2;
  private static final int WITH_PATH = 1 << 3;
  private static final int WITH_TRAIL = 1 << 4;
  private static final int WITH_BOX = 1 << 5;

  /** The label is the identity's text. */
  private static final int LABEL_IS_TEXT = 1 << 6;

  /** The name is the label. */
  private static final int NAME_IS_LABEL = 1 << 7;

  private static final int WITH_EARLIER_BOX = 1 << 8;
  private static final int WITH_ORDINAL = 1 << 9;

  /** All events of the key are events of the assertion, too. */
  private static final int STARTS_WITH_KEY = 1 << 10;

  /** All events of the life are. */
  private static final int IN_STEP = 1 << 11;

  /** The last sighting's event is kept, and tells when it was. */
  private static final int LAST_IS_KEPT = 1 << 12;

  private final Memory memory;
  private final History history;

  TrackCodec(Memory memory, History history) {
    this.memory = memory;
    this.history = history;
  }

  void write(Track track, StateWriter out) {
    int flags = flags(track);
    ValueCodec.write(track.identity, out);
    out.writeUnsigned(flags);
    if ((flags & LABEL_IS_TEXT) == 0) {
      out.writeName(track.label);
    }
    if ((flags & NAME_IS_LABEL) == 0) {
      out.writeName(track.name);
    }
    out.writeTime(track.startAt);
    if (track.startOrdinal != 0) {
      out.writeUnsigned(track.startOrdinal);
    }
    out.writeLong(memory.events - track.startIndex);
    if ((flags & STARTS_WITH_KEY) == 0) {
      out.writeSequence(track.startSequence);
    }
    out.writeLong(track.lastIndex - track.startIndex);
    if ((flags & IN_STEP) == 0) {
      out.writeLong(track.lastSequence - track.startSequence);
    }
    if ((flags & LAST_IS_KEPT) == 0) {
      out.writeTime(track.lastAt);
    }
    out.writeLong(track.lastElement);
    writeBoxes(track, out);
    if (track.path != null) {
      writePath(track, track.path, out);
    }
    if (track.trail != null) {
      TrailCodec.write(track.trail, history, out);
    }
  }

  private int flags(Track track) {
    return (track.doubtful ? DOUBTFUL : 0)
        | (track.violated ? VIOLATED : 0)
        | (track.ended ? ENDED : 0)
        | (track.path != null ? WITH_PATH : 0)
        | (track.trail != null ? WITH_TRAIL : 0)
        | (track.box != null ? WITH_BOX : 0)
        | (track.earlierBox != null ? WITH_EARLIER_BOX : 0)
        | (track.label.equals(track.identity) ? LABEL_IS_TEXT : 0)
        | (track.name.equals(track.label) ? NAME_IS_LABEL : 0)
        | (track.startOrdinal != 0 ? WITH_ORDINAL : 0)
        | (memory.events - track.startIndex == history.next() - track.startSequence
            ? STARTS_WITH_KEY
            : 0)
        | (track.lastIndex - track.startIndex == track.lastSequence - track.startSequence
            ? IN_STEP
            : 0)
        | (history.isAt(track.lastSequence, track.lastAt) ? LAST_IS_KEPT : 0);
  }

  private static void writeBoxes(Track track, StateWriter out) {
    if (track.box != null) {
      writeBox(track.box, out);
    }
    if (track.earlierBox != null) {
      writeBox(track.earlierBox, out);
      out.writeLong(track.lastIndex - track.earlierIndex);
      out.writeSpan(track.lastAt - track.earlierAt);
    }
  }

  private static void writeBox(Rect box, StateWriter out) {
    out.writeNumber(box.x());
    out.writeNumber(box.y());
    out.writeNumber(box.width());
    out.writeNumber(box.height());
  }

  private static void writePath(Track track, Sightings path, StateWriter out) {
    out.writeUnsigned(path.size());
    long before = track.startSequence - 1;
    for (int i = 0; i < path.size(); i++) {
      boolean next = path.sequence(i) == before + 1;
      out.writeLong((long) path.element(i) << 1 | (next ? 1 : 0));
      if (!next) {
        out.writeLong(path.sequence(i) - before);
      }
      before = path.sequence(i);
    }
  }

  Track read(StateReader in) {
    Object identity = ValueCodec.read(in);
    int flags = (int) in.readUnsigned();
    boolean hasLabel = (flags & LABEL_IS_TEXT) == 0;
    Track track = new Track(identity, hasLabel ? in.readName() : String.valueOf(identity));
    track.name = (flags & NAME_IS_LABEL) == 0 ? in.readName() : track.label;
    track.doubtful = (flags & DOUBTFUL) != 0;
    track.violated = (flags & VIOLATED) != 0;
    track.ended = (flags & ENDED) != 0;
    track.startAt = in.readTime();
    track.startOrdinal = (flags & WITH_ORDINAL) != 0 ? (int) in.readUnsigned() : 0;
    long ago = in.readLong();
    track.startIndex = memory.events - ago;
    track.startSequence = (flags & STARTS_WITH_KEY) != 0 ? history.next() - ago : in.readSequence();
    long length = in.readLong();
    track.lastIndex = track.startIndex + length;
    track.lastSequence = track.startSequence + ((flags & IN_STEP) != 0 ? length : in.readLong());
    track.lastAt =
        (flags & LAST_IS_KEPT) != 0
            ? TrailCodec.timeOf(track.lastSequence, history, in)
            : in.readTime();
    track.lastElement = (int) in.readLong();
    readBoxes(track, flags, in);
    track.path = (flags & WITH_PATH) != 0 ? readPath(track, in) : null;
    track.trail = (flags & WITH_TRAIL) != 0 ? TrailCodec.read(history, in) : null;
    return track;
  }

  private static void readBoxes(Track track, int flags, StateReader in) {
    track.box = (flags & WITH_BOX) != 0 ? readBox(in) : null;
    if ((flags & WITH_EARLIER_BOX) != 0) {
      track.earlierBox = readBox(in);
      track.earlierIndex = track.lastIndex - in.readLong();
      track.earlierAt = track.lastAt - in.readSpan();
    }
  }

  private static Rect readBox(StateReader in) {
    return new Rect(in.readNumber(), in.readNumber(), in.readNumber(), in.readNumber());
  }

  private static Sightings readPath(Track track, StateReader in) {
    Sightings path = new Sightings();
    int count = in.readCount();
    long before = track.startSequence - 1;
    for (int i = 0; i < count; i++) {
      long head = in.readLong();
      before += (head & 1) != 0 ? 1 : in.readLong();
      path.add(before, (int) (head >> 1));
    }
    return path;
  }
}
