package io.assay.assertion.eval;

/** What one assertion remembers of one key, as bytes. */
final class MemoryCodec {
  private MemoryCodec() {}

  /**
   * @param history where times of events are found again
   */
  static void write(Memory memory, History history, StateWriter out) {
    out.writeByte(memory.failed ? 1 : 0);
    out.writeUnsigned(memory.events);
    out.writeUnsigned(memory.named);
    out.writeUnsigned(memory.tracks.size());
    if (!memory.tracks.isEmpty()) {
      TrackCodec tracks = new TrackCodec(memory, history);
      memory.tracks.values().forEach(track -> tracks.write(track, out));
    }
    out.writeUnsigned(memory.episodes.all().size());
    memory
        .episodes
        .all()
        .forEach(
            (subject, episode) -> {
              out.writeName(subject);
              out.writeName(episode.opener());
              out.writeTime(episode.at());
              out.writeSequence(episode.index());
            });
  }

  static void read(Memory memory, History history, StateReader in) {
    memory.failed = in.readByte() != 0;
    memory.events = in.readUnsigned();
    memory.named = in.readUnsigned();
    int count = in.readCount();
    TrackCodec tracks = new TrackCodec(memory, history);
    for (int i = 0; i < count; i++) {
      Track track = in.isCompact() ? tracks.read(in) : OlderTracks.read(history, in);
      memory.tracks.put(track.identity, track);
    }
    if (in.atEnd()) {
      return; // written before there were episodes
    }
    int episodes = in.readCount();
    for (int i = 0; i < episodes; i++) {
      String subject = in.readName();
      memory.episodes.restore(
          subject, new Episodes.Open(in.readName(), in.readTime(), in.readSequence()));
    }
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
  }
}
