package io.assay.stream.assertions;

import io.assay.stream.contract.Erasing;
import io.assay.stream.contract.ErasureDone;
import io.assay.stream.contract.ErasureRequest;
import io.assay.stream.contract.KeyDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one task does about keys that are to be forgotten. Looked at once a second, between two
 * records: no event costs anything.
 *
 * <p>A request is due once all that was received until it was asked for has been read, so that
 * nothing older comes behind it. What goes out of the store, the mark that it is done and what is
 * told of it are in one transaction; who goes on from the store does it again only where it was not
 * done. Requests have digests, so the store is walked, so many entries at a time.
 */
final class TaskErasures {
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Entries at a time: about 40 ms, at 2 µs each. */
  private static final int MOST_LOOKED_AT = 20_000;

  /** So many digests take as long as an entry that is read. */
  private static final int DIGESTS_AN_ENTRY = 8;

  private static final byte[] DONE = {1};

  private final Erasing erasing;
  private final String project;
  private final ProcessorContext<?, ?> context;
  private final KeyValueStore<Bytes, byte[]> store;
  private final StateKeys keys;
  private final Set<String> done = new HashSet<>();
  private @Nullable Search search;

  /** What is in a task's store, and how far the task has come. */
  interface Held {
    /** Whether any of it may be of the stream. */
    boolean isOf(String stream);

    /** Until when all that came of the stream has been read; nanoseconds since the epoch. */
    long readUntil(String stream);

    /** Puts all that is remembered into the store. */
    void settle(long millis);

    /** Where entries are that may be of keys. */
    List<Range> ranges();

    /** Whether an entry is of a key. */
    boolean isOf(KeyValue<Bytes, byte[]> entry, KeyDigest key);

    /**
     * Takes entries out, and all that goes with them; what is remembered is read anew.
     *
     * @return how many went
     */
    long forget(List<KeyValue<Bytes, byte[]>> found, long millis);
  }

  /** Of keys in the store, both included. */
  record Range(Bytes first, Bytes last) {}

  TaskErasures(
      Erasing erasing,
      String project,
      ProcessorContext<?, ?> context,
      KeyValueStore<Bytes, byte[]> store,
      StateKeys keys) {
    this.erasing = erasing;
    this.project = project;
    this.context = context;
    this.store = store;
    this.keys = keys;
    try (KeyValueIterator<Bytes, byte[]> marks =
        store.range(keys.ofErased(""), keys.afterErased())) {
      marks.forEachRemaining(mark -> done.add(keys.erased(mark.key)));
    }
  }

  /** Goes on with what is to be forgotten; {@code tell} is told of what is done. */
  void look(Held held, long millis, Consumer<ErasureDone> tell) {
    Optional<List<ErasureRequest>> asked = erasing.of(project);
    if (asked.isEmpty()) {
      return;
    }
    forgetMarks(asked.get());
    Search current = search == null ? begin(held, asked.get(), millis, tell) : search;
    if (current != null && current.advance(held)) {
      search = null;
      current.end(held, millis, tell);
    } else {
      search = current;
    }
  }

  /** Of requests that nobody keeps any more. */
  private void forgetMarks(List<ErasureRequest> asked) {
    if (done.isEmpty()) {
      return;
    }
    Set<String> kept = new HashSet<>();
    asked.forEach(request -> kept.add(request.digest()));
    for (String digest : List.copyOf(done)) {
      if (!kept.contains(digest)) {
        done.remove(digest);
        store.delete(keys.ofErased(digest));
      }
    }
  }

  private @Nullable Search begin(
      Held held, List<ErasureRequest> asked, long millis, Consumer<ErasureDone> tell) {
    List<ErasureRequest> due = new ArrayList<>();
    for (ErasureRequest request : asked) {
      if (done.contains(request.digest())) {
        continue;
      }
      if (!held.isOf(request.stream())) {
        mark(request, 0, millis, tell);
      } else if (held.readUntil(request.stream()) >= request.askedMillis() * 1_000_000L) {
        due.add(request);
      }
    }
    if (due.isEmpty()) {
      return null;
    }
    held.settle(millis);
    return new Search(due, held.ranges());
  }

  private void mark(ErasureRequest request, long gone, long millis, Consumer<ErasureDone> tell) {
    store.put(keys.ofErased(request.digest()), DONE);
    done.add(request.digest());
    tell.accept(
        new ErasureDone(
            project,
            request.digest(),
            context.applicationId(),
            context.taskId().toString(),
            millis,
            gone));
  }

  /** A walk over the store, in pieces. */
  private final class Search {
    private final Map<ErasureRequest, KeyDigest> wanted = new LinkedHashMap<>();
    private final Map<ErasureRequest, List<KeyValue<Bytes, byte[]>>> found = new LinkedHashMap<>();
    private final List<Range> left;
    private Bytes next;

    Search(List<ErasureRequest> due, List<Range> ranges) {
      due.forEach(request -> wanted.put(request, KeyDigest.read(request.digest())));
      due.forEach(request -> found.put(request, new ArrayList<>()));
      left = new ArrayList<>(ranges);
      next = left.getFirst().first();
    }

    /** Returns whether it is over. */
    boolean advance(Held held) {
      int most = Math.max(100, MOST_LOOKED_AT / (1 + wanted.size() / DIGESTS_AN_ENTRY));
      while (most > 0 && !left.isEmpty()) {
        most -= walk(held, most);
      }
      return left.isEmpty();
    }

    private int walk(Held held, int most) {
      int looked = 0;
      try (KeyValueIterator<Bytes, byte[]> entries = store.range(next, left.getFirst().last())) {
        while (looked < most && entries.hasNext()) {
          KeyValue<Bytes, byte[]> entry = entries.next();
          looked++;
          next = Bytes.increment(entry.key);
          wanted.forEach(
              (request, key) -> {
                if (held.isOf(entry, key)) {
                  found.getOrDefault(request, new ArrayList<>()).add(entry);
                }
              });
        }
        if (!entries.hasNext()) {
          left.removeFirst();
          next = left.isEmpty() ? next : left.getFirst().first();
        }
      }
      return looked;
    }

    void end(Held held, long millis, Consumer<ErasureDone> tell) {
      found.forEach(
          (request, entries) -> mark(request, held.forget(entries, millis), millis, tell));
    }
  }
}
