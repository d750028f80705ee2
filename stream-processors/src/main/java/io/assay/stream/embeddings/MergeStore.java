package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.embeddings.Told.Answer;
import io.assay.stream.embeddings.Told.Piece;
import io.assay.stream.embeddings.Told.Progress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the one who merges keeps: releases, what tasks have told of them, and what is known of them.
 * The kind stands first in a key; kinds are capital letters, since counts stand beside.
 */
final class MergeStore {
  private static final byte RELEASE = 'R';
  private static final byte PROGRESS = 'P';
  private static final byte ANSWER = 'A';
  private static final byte PIECE = 'C';
  private static final byte KNOWN = 'S';
  private static final byte GENERATION = 'G';

  private final KeyValueStore<Bytes, byte[]> store;

  MergeStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  List<ReleaseRecord> releases() {
    List<ReleaseRecord> all = new ArrayList<>();
    Bytes from = Bytes.wrap(new byte[] {RELEASE});
    Bytes to = Bytes.wrap(new byte[] {RELEASE + 1});
    try (var entries = store.range(from, to)) {
      entries.forEachRemaining(
          entry -> {
            if (entry.key.get()[0] == RELEASE) {
              all.add(ReleaseRecord.read(entry.value));
            }
          });
    }
    return all;
  }

  void put(ReleaseRecord release) {
    store.put(key(RELEASE, release.release()), release.json());
  }

  /** And what is known of it. */
  void delete(ReleaseRecord release) {
    store.delete(key(RELEASE, release.release()));
    store.delete(key(KNOWN, release.release(), "", 0));
    release.bases().forEach(base -> store.delete(key(KNOWN, release.release(), base, 0)));
  }

  /** The generation of rules that was used last; 0 for none. */
  long generation() {
    byte[] noted = store.get(key(GENERATION, ""));
    return noted == null ? 0 : ByteBuffer.wrap(noted).getLong();
  }

  void noteGeneration(long generation) {
    store.put(key(GENERATION, ""), ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
  }

  Optional<Progress> progress(String release, int partition) {
    return read(key(PROGRESS, release, "", partition)).map(Progress.class::cast);
  }

  void put(Progress progress) {
    store.put(key(PROGRESS, progress.release(), "", progress.partition()), progress.write());
  }

  Optional<Answer> answer(String release, ReleaseStatus step, int partition) {
    return read(key(ANSWER, release, step.name(), partition)).map(Answer.class::cast);
  }

  void put(Answer answer) {
    store.put(
        key(ANSWER, answer.release(), answer.step().name(), answer.partition()), answer.write());
  }

  private Optional<Told> read(Bytes key) {
    return Optional.ofNullable(store.get(key)).map(Told::read);
  }

  void put(Piece piece) {
    store.put(
        pieceKey(piece.release(), piece.step(), piece.partition(), piece.base(), piece.number()),
        piece.bytes());
  }

  private static Bytes pieceKey(
      String release, ReleaseStatus step, int partition, String base, int number) {
    return key(PIECE, release, step.name() + '/' + number + '/' + base, partition);
  }

  /** What one task told against a base. */
  byte[] whole(Answer answer, String base) {
    List<byte[]> pieces = new ArrayList<>();
    Told.Part part = answer.parts().get(base);
    for (int i = 0; part != null && i < part.pieces(); i++) {
      byte[] piece =
          store.get(pieceKey(answer.release(), answer.step(), answer.partition(), base, i));
      if (piece == null) {
        throw new IllegalStateException(
            "piece %d of %d of what task %d told of '%s' is not there"
                .formatted(i, part.pieces(), answer.partition(), answer.release()));
      }
      pieces.add(piece);
    }
    return Pieces.whole(pieces);
  }

  /** Forgets what was told of a step, and the step. */
  void delete(Answer answer) {
    answer
        .parts()
        .forEach(
            (base, part) -> {
              for (int i = 0; i < part.pieces(); i++) {
                store.delete(
                    pieceKey(answer.release(), answer.step(), answer.partition(), base, i));
              }
            });
    store.delete(key(ANSWER, answer.release(), answer.step().name(), answer.partition()));
  }

  void deleteProgress(String release, int partition) {
    store.delete(key(PROGRESS, release, "", partition));
  }

  /** {@code base}: empty for the release by itself. */
  Optional<StabilityRecord> known(String release, String base) {
    return Optional.ofNullable(store.get(key(KNOWN, release, base, 0))).map(StabilityRecord::read);
  }

  void put(StabilityRecord known) {
    store.put(key(KNOWN, known.release(), known.base(), 0), known.json());
  }

  private static Bytes key(byte kind, String release) {
    return key(kind, release, "", 0);
  }

  private static Bytes key(byte kind, String release, String part, int partition) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(kind);
      out.writeUTF(release);
      out.writeUTF(part);
      out.writeInt(partition);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Bytes.wrap(bytes.toByteArray());
  }
}
