package io.assay.stream.embeddings;

import io.assay.stability.Rotation;
import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.embeddings.Told.Answer;
import io.assay.stream.embeddings.Told.Part;
import io.assay.stream.embeddings.Told.Piece;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a task tells of a release that is closed, step by step, as it is asked: its comparisons,
 * precise ones, the items that moved and what is near them. What takes a walk over vectors goes in
 * slices; after a restart it begins again.
 */
final class Answering {
  private final int partition;
  private final KeptReleases kept;
  private final KnownReleases known;
  private final Consumer<Told> to;
  private final Map<String, Map<String, RunningPair>> precise = new HashMap<>();
  private final Map<String, Map<String, TurnedItems>> turned = new HashMap<>();
  private final Map<String, Map<String, NearItems>> near = new HashMap<>();

  Answering(int partition, KeptReleases kept, KnownReleases known, Consumer<Told> to) {
    this.partition = partition;
    this.kept = kept;
    this.known = known;
    this.to = to;
  }

  /** Goes on with what is asked now, and tells it when it is done. */
  void goOn(ReleaseRecord asked, Head head, BooleanSupplier sliceOver) {
    if (head.answered == asked.status() && head.asked == asked.asked()) {
      return;
    }
    switch (asked.status()) {
      case CLOSING -> compare(asked, head, sliceOver);
      case PRECISE -> refine(asked, head, sliceOver);
      case TURNING -> turn(asked, head, sliceOver);
      case NEIGHBOURS -> near(asked, head, sliceOver);
      case OPEN, ACCEPTED, REJECTED, ABANDONED, RETIRED -> {}
    }
  }

  private void compare(ReleaseRecord asked, Head head, BooleanSupplier sliceOver) {
    kept.follow(head, asked);
    if (kept.finish(head, sliceOver)) {
      Map<String, Part> parts = new LinkedHashMap<>();
      for (RunningPair pair : kept.running(head)) {
        parts.put(
            pair.base().name, tell(head, asked.status(), pair.base(), pair.shared(), pair.bytes()));
      }
      kept.stop(head);
      answer(asked, head, parts);
    }
  }

  private void refine(ReleaseRecord asked, Head head, BooleanSupplier sliceOver) {
    Map<String, RunningPair> own =
        precise.computeIfAbsent(
            head.name,
            name -> {
              Map<String, RunningPair> begun = new LinkedHashMap<>();
              for (String base : asked.refined()) {
                kept.head(base)
                    .ifPresent(
                        of -> begun.put(base, new RunningPair(kept.store(), of, head, true)));
              }
              return begun;
            });
    for (RunningPair pair : own.values()) {
      if (!pair.goOn(sliceOver)) {
        return;
      }
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    own.forEach(
        (base, pair) ->
            parts.put(base, tell(head, asked.status(), pair.base(), pair.shared(), pair.bytes())));
    answer(asked, head, parts);
  }

  private void turn(ReleaseRecord asked, Head head, BooleanSupplier sliceOver) {
    Map<String, TurnedItems> own = turned.computeIfAbsent(head.name, name -> new LinkedHashMap<>());
    for (Map.Entry<String, Integer> one : asked.rotations().entrySet()) {
      if (!own.containsKey(one.getKey())) {
        Optional<byte[]> rotation = known.rotation(head.name, one.getKey(), one.getValue());
        Optional<Head> base = kept.head(one.getKey());
        if (rotation.isEmpty() || base.isEmpty()) {
          return; // what was written before is heard before, but for a release of an instant ago
        }
        own.put(
            one.getKey(),
            new TurnedItems(kept.store(), base.get(), head, Rotation.read(rotation.get())));
      }
    }
    for (TurnedItems items : own.values()) {
      if (!items.goOn(sliceOver)) {
        return;
      }
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    own.forEach(
        (base, items) ->
            parts.put(
                base, tell(head, asked.status(), kept.head(base).orElseThrow(), 0, items.bytes())));
    answer(asked, head, parts);
  }

  private void near(ReleaseRecord asked, Head head, BooleanSupplier sliceOver) {
    Map<String, NearItems> own = near.computeIfAbsent(head.name, name -> new LinkedHashMap<>());
    for (Map.Entry<String, Integer> one : asked.furthest().entrySet()) {
      if (!own.containsKey(one.getKey())) {
        Optional<byte[]> furthest = known.furthest(head.name, one.getKey(), one.getValue());
        Optional<Head> base = kept.head(one.getKey());
        if (furthest.isEmpty() || base.isEmpty()) {
          return; // as above
        }
        Sought sought = Sought.read(furthest.get());
        own.put(
            one.getKey(),
            new NearItems(kept.store(), base.get(), head, sought.k(), sought.items()));
      }
    }
    for (NearItems items : own.values()) {
      if (!items.goOn(sliceOver)) {
        return;
      }
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    own.forEach(
        (base, items) ->
            parts.put(
                base,
                tell(
                    head, asked.status(), kept.head(base).orElseThrow(), 0, items.told().bytes())));
    answer(asked, head, parts);
  }

  private Part tell(Head head, ReleaseStatus step, Head base, long shared, byte[] bytes) {
    List<byte[]> pieces = Pieces.of(bytes);
    for (int i = 0; i < pieces.size(); i++) {
      to.accept(new Piece(partition, head.name, step, base.name, i, pieces.get(i)));
    }
    return new Part(shared, pieces.size(), bytes.length);
  }

  private void answer(ReleaseRecord asked, Head head, Map<String, Part> parts) {
    to.accept(
        new Answer(partition, head.name, asked.status(), head.items, head.newestMillis, parts));
    head.answered = asked.status();
    head.asked = asked.asked();
    kept.put(head);
    precise.remove(head.name);
    turned.remove(head.name);
    near.remove(head.name);
  }
}
