package io.assay.assertion.eval;

import java.util.Map;

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
    Map<String, Episodes.Open> open = memory.episodes == null ? Map.of() : memory.episodes.all();
    out.writeUnsigned(open.size());
    open.forEach(
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
    int identities = in.readCount();
    TrackCodec tracks = new TrackCodec(memory, history);
    for (int i = 0; i < identities; i++) {
      Track track = in.isCompact() ? tracks.read(in) : OlderTracks.read(history, in);
      memory.tracks.put(track.identity, track);
    }
    if (in.atEnd()) {
      return; // written before there were episodes
    }
    int count = in.readCount();
    Episodes open = new Episodes();
    for (int i = 0; i < count; i++) {
      String subject = in.readName();
      open.restore(subject, new Episodes.Open(in.readName(), in.readTime(), in.readSequence()));
    }
    memory.episodes = count == 0 ? null : open;
  }
}
