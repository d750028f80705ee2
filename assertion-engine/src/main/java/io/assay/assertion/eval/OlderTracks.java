package io.assay.assertion.eval;

import io.assay.assertion.event.Rect;
import org.jspecify.annotations.Nullable;

/** Identities as states up to version 3 have them. */
final class OlderTracks {
  private static final int DOUBTFUL = 1;
  private static final int VIOLATED = 2;
  private static final int ENDED = 4;
  private static final int WITH_PATH = 8;
  private static final int WITH_TRAIL = 16;

  private OlderTracks() {}

  static Track read(History history, StateReader in) {
    Track track = new Track(ValueCodec.read(in), in.readText());
    String subject = in.readText();
    int flags = in.readByte();
    track.doubtful = (flags & DOUBTFUL) != 0;
    track.violated = (flags & VIOLATED) != 0;
    track.ended = (flags & ENDED) != 0;
    track.startIndex = in.readLong();
    track.startAt = in.readLong();
    track.startSequence = in.readLong();
    nameOf(track, subject);
    track.lastIndex = track.startIndex + in.readLong();
    track.lastAt = track.startAt + in.readLong();
    track.lastSequence = track.startSequence + in.readLong();
    track.lastElement = (int) in.readLong();
    track.box = readBox(in);
    track.earlierBox = readBox(in);
    if (track.earlierBox != null) {
      track.earlierIndex = track.lastIndex - in.readLong();
      track.earlierAt = track.lastAt - in.readLong();
    }
    if ((flags & WITH_PATH) != 0) {
      track.path = new Sightings();
      int count = in.readCount();
      for (int i = 0; i < count; i++) {
        track.path.add(track.startSequence + in.readLong(), (int) in.readLong());
      }
    }
    if ((flags & WITH_TRAIL) != 0) {
      track.trail = TrailCodec.read(history, in);
    }
    return track;
  }

  /** The subject was written whole: its name, then the instant of its start. */
  private static void nameOf(Track track, String subject) {
    int at = subject.lastIndexOf('@');
    String instant = subject.substring(at + 1);
    int dot = instant.indexOf('.');
    track.name = at < 0 ? subject : subject.substring(0, at);
    track.startOrdinal = dot < 0 ? 0 : Integer.parseInt(instant.substring(dot + 1));
  }

  private static @Nullable Rect readBox(StateReader in) {
    if (in.readByte() == 0) {
      return null;
    }
    if (ValueCodec.read(in) instanceof Rect box) {
      return box;
    }
    throw in.broken("a rect");
  }
}
