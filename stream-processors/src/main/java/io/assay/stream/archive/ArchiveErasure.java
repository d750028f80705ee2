package io.assay.stream.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the events of a key out of the archive: segments that have some are written anew without
 * them, under their names, so that whoever goes on writing goes on where it was.
 */
public final class ArchiveErasure {
  private final SegmentStore store;
  private final String project;
  private final Path folder;

  /** {@code folder}: where a segment is written until it is whole; on the store's own volume. */
  public ArchiveErasure(SegmentStore store, String project, Path folder) {
    this.store = store;
    this.project = project;
    this.folder = folder;
  }

  /**
   * What was done.
   *
   * @param records that are gone
   * @param segments that were written anew
   */
  public record Erased(long records, long segments) {}

  /**
   * Of a stream. Records that could not be read go where they have the key as a text.
   *
   * @throws UncheckedIOException where the store cannot do what was asked
   */
  public Erased erase(String stream, String key) {
    String quoted = JsonMapper.shared().writeValueAsString(key);
    Predicate<ArchivedRecord> wanted =
        record ->
            key.equals(record.key())
                || (record.key() == null && text(record.value()).contains(quoted));
    long records = 0;
    long segments = 0;
    for (SegmentStore.Stored stored : store.list(SegmentName.prefix(project, stream))) {
      Optional<SegmentName> name = SegmentName.parse(stored.name());
      long gone = name.isPresent() ? erase(stored, key, wanted) : 0;
      records += gone;
      segments += gone > 0 ? 1 : 0;
    }
    return new Erased(records, segments);
  }

  private static String text(byte @Nullable [] value) {
    return value == null ? "" : new String(value, UTF_8);
  }

  private long erase(SegmentStore.Stored stored, String key, Predicate<ArchivedRecord> wanted) {
    SegmentIndex index = SegmentIndex.read(store, stored);
    var ofKey = new Selection(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(key));
    boolean possible =
        index.blocks().stream().anyMatch(block -> block.mayHold(ofKey) || block.unreadable() > 0);
    if (!possible) {
      return 0;
    }
    long gone = 0;
    var reader = new SegmentReader(store, stored, Selection.ALL);
    for (ArchivedRecord record = reader.next(); record != null; record = reader.next()) {
      gone += wanted.test(record) ? 1 : 0;
    }
    if (gone > 0) {
      write(stored, index, wanted.negate());
    }
    return gone;
  }

  /** What a crash leaves of the file has nothing of the key, and the next takes its place. */
  private void write(
      SegmentStore.Stored stored, SegmentIndex before, Predicate<ArchivedRecord> stays) {
    String name = stored.name();
    Path file = folder.resolve("erasing-" + Integer.toHexString(name.hashCode()) + ".tmp");
    try {
      if (copy(stored, before, stays, file) == 0) {
        // What is named stays archived: nobody fetches these offsets from the topic again.
        Files.write(
            file,
            new SegmentIndex(before.topic(), before.fromReceived(), before.toReceived(), List.of())
                .frame());
      }
      store.put(name, file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** One record after the other: a busy hour of a partition has more than memory takes. */
  private long copy(
      SegmentStore.Stored stored, SegmentIndex before, Predicate<ArchivedRecord> stays, Path file) {
    long kept = 0;
    var reader = new SegmentReader(store, stored, Selection.ALL);
    try (var writer = new SegmentWriter(before.topic(), file)) {
      for (ArchivedRecord record = reader.next(); record != null; record = reader.next()) {
        if (stays.test(record)) {
          writer.add(record);
          kept++;
        }
      }
      Path unused = writer.finish();
    }
    return kept;
  }
}
