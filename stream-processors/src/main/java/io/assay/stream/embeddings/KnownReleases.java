package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.ReleaseKey;
import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.ReleaseStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What every instance has heard of the releases of some embeddings. */
final class KnownReleases {
  private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
  private final String project;
  private final String embeddings;
  private final Map<String, Read> read = new HashMap<>();

  /** As it was read last: most stay as they are. */
  private static final class Read {
    private final byte[] bytes;
    private final ReleaseRecord release;

    private Read(byte[] bytes) {
      this.bytes = bytes;
      this.release = ReleaseRecord.read(bytes);
    }
  }

  KnownReleases(ReadOnlyKeyValueStore<Bytes, byte[]> store, String project, String embeddings) {
    this.store = store;
    this.project = project;
    this.embeddings = embeddings;
  }

  /** In the order in which they began. */
  List<ReleaseRecord> all() {
    List<ReleaseRecord> all = new ArrayList<>();
    try (var entries = store.all()) {
      entries.forEachRemaining(
          entry -> {
            Optional<ReleaseKey> key = ReleaseKey.read(entry.key.get());
            if (key.isPresent() && key.get().part().isEmpty()) {
              all.add(read(key.get().release(), entry.value));
            }
          });
    }
    all.sort(Comparator.comparingLong(ReleaseRecord::number));
    return all;
  }

  private ReleaseRecord read(String name, byte[] bytes) {
    Read known = read.get(name);
    if (known == null || !Arrays.equals(known.bytes, bytes)) {
      known = new Read(bytes);
      read.put(name, known);
    }
    return known.release;
  }

  Optional<ReleaseStatus> status(String release) {
    byte[] found = store.get(bytes(key(release)));
    return Optional.ofNullable(found).map(bytes -> read(release, bytes).status());
  }

  Optional<ReleaseAcceptance> acceptance(String release) {
    return Optional.ofNullable(store.get(bytes(key(release).accepted())))
        .map(ReleaseAcceptance::read);
  }

  /** Empty until all of it has been heard. */
  Optional<byte[]> rotation(String release, String base, int pieces) {
    return whole(pieces, number -> key(release).rotation(base, number));
  }

  /** Empty until all of it has been heard. */
  Optional<byte[]> furthest(String release, String base, int pieces) {
    return whole(pieces, number -> key(release).furthest(base, number));
  }

  private Optional<byte[]> whole(int pieces, IntFunction<ReleaseKey> key) {
    List<byte[]> found = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      byte[] piece = store.get(bytes(key.apply(i)));
      if (piece == null) {
        return Optional.empty();
      }
      found.add(piece);
    }
    return Optional.of(Pieces.whole(found));
  }

  private ReleaseKey key(String release) {
    return ReleaseKey.of(project, embeddings, release);
  }

  private static Bytes bytes(ReleaseKey key) {
    return Bytes.wrap(key.bytes());
  }
}
