package io.assay.assertion.eval;

import io.assay.assertion.event.Rect;
import io.assay.assertion.event.Type;
import org.jspecify.annotations.Nullable;

/** What one assertion remembers of a key, as bytes. */
final class MemoryCodec {
  private static final int DOUBTFUL = 1;
  private static final int VIOLATED = 2;
  private static final int ENDED = 4;
  private static final int WITH_PATH = 8;
  private static final int WITH_TRAIL = 16;

  private MemoryCodec() {}

  static void write(Memory memory, StateWriter out) {
    out.writeByte(memory.failed ? 1 : 0);
    out.writeUnsigned(memory.events);
    out.writeUnsigned(memory.named);
    out.writeUnsigned(memory.tracks.size());
    memory.tracks.values().forEach(track -> writeTrack(track, out));
    out.writeUnsigned(memory.episodes.all().size());
    memory
        .episodes
        .all()
        .forEach(
            (subject, episode) -> {
              out.writeText(subject);
              out.writeText(episode.opener());
              out.writeLong(episode.at());
              out.writeLong(episode.index());
            });
  }

  static void read(Memory memory, StateReader in) {
    memory.failed = in.readByte() != 0;
    memory.events = in.readUnsigned();
    memory.named = in.readUnsigned();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      Track track = readTrack(in);
      memory.tracks.put(track.identity, track);
    }
    if (in.atEnd()) {
      return; // written before there were episodes
    }
    int episodes = in.readCount();
    for (int i = 0; i < episodes; i++) {
      String subject = in.readText();
      memory.episodes.restore(
          subject, new Episodes.Open(in.readText(), in.readLong(), in.readLong()));
    }
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
  }

  private static void writeTrack(Track track, StateWriter out) {
    ValueCodec.write(track.identity, out);
    out.writeText(track.label);
    out.writeText(track.subject);
    out.writeByte(
        (track.doubtful ? DOUBTFUL : 0)
            | (track.violated ? VIOLATED : 0)
            | (track.ended ? ENDED : 0)
            | (track.path != null ? WITH_PATH : 0)
            | (track.trail != null ? WITH_TRAIL : 0));
    out.writeLong(track.startIndex);
    out.writeLong(track.startAt);
    out.writeLong(track.startSequence);
    out.writeLong(track.lastIndex - track.startIndex);
    out.writeLong(track.lastAt - track.startAt);
    out.writeLong(track.lastSequence - track.startSequence);
    out.writeLong(track.lastElement);
    writeBox(track.box, out);
    writeBox(track.earlierBox, out);
    if (track.earlierBox != null) {
      out.writeLong(track.lastIndex - track.earlierIndex);
      out.writeLong(track.lastAt - track.earlierAt);
    }
    Sightings path = track.path;
    if (path != null) {
      out.writeUnsigned(path.size());
      for (int i = 0; i < path.size(); i++) {
        out.writeLong(path.sequence(i) - track.startSequence);
        out.writeLong(path.element(i));
      }
    }
    if (track.trail != null) {
      TrailCodec.write(track.trail, out);
    }
  }

  private static Track readTrack(StateReader in) {
    Track track = new Track(ValueCodec.read(Type.Basic.DYN, in), in.readText());
    track.subject = in.readText();
    int flags = in.readByte();
    track.doubtful = (flags & DOUBTFUL) != 0;
    track.violated = (flags & VIOLATED) != 0;
    track.ended = (flags & ENDED) != 0;
    track.startIndex = in.readLong();
    track.startAt = in.readLong();
    track.startSequence = in.readLong();
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
      track.trail = TrailCodec.read(in);
    }
    return track;
  }

  private static void writeBox(@Nullable Rect box, StateWriter out) {
    out.writeByte(box == null ? 0 : 1);
    if (box != null) {
      ValueCodec.write(box, out);
    }
  }

  private static @Nullable Rect readBox(StateReader in) {
    if (in.readByte() == 0) {
      return null;
    }
    if (ValueCodec.read(Type.Basic.RECT, in) instanceof Rect box) {
      return box;
    }
    throw in.broken("a rect");
  }
}
