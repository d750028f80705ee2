package io.assay.web.labels;

import io.assay.web.labels.LabelledSample.Standing;
import io.assay.web.labels.Scene.Box;
import io.assay.web.media.MediaKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The images of which something is known, each once, whatever number of samples have it: an event
 * that several rules flagged has what the best known sample says, and the others' corrections on
 * top. They are sorted outside of memory, since there may be more than it holds.
 */
final class KnownImages {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** By image, and of each the best known sample first. */
  private static final Comparator<Sight> ORDER =
      Comparator.comparing(Sight::stream)
          .thenComparingLong(Sight::at)
          .thenComparing(Sight::event)
          .thenComparing(
              Comparator.comparing(Sight::standing).thenComparing(Sight::decided).reversed())
          .thenComparing(Sight::violation);

  private final SortedSpool<Sight> sights;
  private final Set<String> kinds = new TreeSet<>();
  private int samples;
  private int leftOut;

  private KnownImages(SpoolFolder folder) {
    this.sights =
        new SortedSpool<>(
            folder, ORDER, JSON::writeValueAsString, line -> JSON.readValue(line, Sight.class));
  }

  /**
   * What one sample knows of one image.
   *
   * @param width in pixels, where the size is known
   * @param subjectOnly whether the label speaks of its subject alone; {@code classes}: of which
   *     else, none for all
   * @param provenance of the sample
   */
  record Sight(
      String stream,
      long at,
      String event,
      Standing standing,
      Instant decided,
      String violation,
      String media,
      String address,
      @Nullable Integer width,
      @Nullable Integer height,
      boolean subjectOnly,
      List<String> classes,
      JsonNode provenance,
      List<Flat> boxes,
      List<Flat> removed) {
    static Sight of(ExportSample sample, Scene scene, JsonNode provenance) {
      LabelledSample source = sample.source();
      return new Sight(
          scene.stream(),
          scene.at(),
          scene.event(),
          source.standing(),
          source.decidedAt().orElse(Instant.EPOCH),
          source.flagged().id(),
          scene.media().orElse(""),
          scene.address().orElse(""),
          scene.size().map(size -> size.width()).orElse(null),
          scene.size().map(size -> size.height()).orElse(null),
          source.scope().subjectOnly(),
          List.copyOf(source.scope().sortedClasses()),
          provenance,
          scene.boxes().stream().map(Flat::of).toList(),
          scene.removed().stream().map(Flat::of).toList());
    }

    boolean isSameImage(Sight other) {
      return stream.equals(other.stream) && event.equals(other.event);
    }

    LabelScope scope() {
      return new LabelScope(subjectOnly, Set.copyOf(classes), Set.of());
    }
  }

  /** A box as a line has it. */
  record Flat(
      String kind,
      String identity,
      @Nullable Double score,
      double x,
      double y,
      double width,
      double height,
      boolean corrected) {
    static Flat of(Box box) {
      return new Flat(
          box.kind(),
          box.identity(),
          box.score().isPresent() ? (Double) box.score().getAsDouble() : null,
          box.x(),
          box.y(),
          box.width(),
          box.height(),
          box.corrected());
    }

    Box box() {
      return new Box(
          kind,
          identity,
          Optional.ofNullable(score)
              .map(java.util.OptionalDouble::of)
              .orElseGet(java.util.OptionalDouble::empty),
          x,
          y,
          width,
          height,
          corrected);
    }
  }

  /** A box, and the provenance of the sample that speaks of it. */
  record Known(Box box, JsonNode by) {}

  /** An image with what is known of it. */
  record Image(Sight best, List<Known> boxes) {}

  /** Takes images. */
  interface Taker {
    /**
     * @throws IOException where it writes somewhere and cannot
     */
    void take(Image image) throws IOException;
  }

  static KnownImages of(ExportSamples samples, SpoolFolder folder) throws IOException {
    var known = new KnownImages(folder);
    samples.each(known::add);
    return known;
  }

  private void add(ExportSample sample) throws IOException {
    samples++;
    LabelStudioTasks.addKinds(sample, kinds);
    List<Scene> scenes =
        sample.scenes().stream().filter(scene -> Medium.is(scene, MediaKind.IMAGE)).toList();
    if (sample.source().standing() == Standing.UNKNOWN || scenes.isEmpty()) {
      leftOut++;
      return;
    }
    JsonNode provenance = Provenance.of(sample);
    for (Scene scene : scenes) {
      Sight sight = Sight.of(sample, scene, provenance);
      sights.add(sight, 1_000 + 300L * (scene.boxes().size() + scene.removed().size()));
    }
  }

  /** Classes of boxes that occur, also of samples that are left out. */
  Set<String> kinds() {
    return kinds;
  }

  int leftOut() {
    return leftOut;
  }

  int written() {
    return samples - leftOut;
  }

  /** In order of stream and time. */
  void each(Taker taker) throws IOException {
    List<Sight> same = new ArrayList<>();
    sights.each(
        sight -> {
          if (!same.isEmpty() && !same.getFirst().isSameImage(sight)) {
            taker.take(image(same));
            same.clear();
          }
          same.add(sight);
        });
    if (!same.isEmpty()) {
      taker.take(image(same));
    }
  }

  /** The best known first. */
  private static Image image(List<Sight> same) {
    Sight best = same.getFirst();
    List<Known> boxes =
        best.boxes().stream()
            .map(flat -> new Known(flat.box(), best.provenance()))
            .collect(Collectors.toCollection(ArrayList::new));
    for (Sight other : same.subList(1, same.size())) {
      other.removed().stream().map(Flat::box).forEach(removed -> remove(boxes, removed));
      other.boxes().stream()
          .map(Flat::box)
          .filter(Box::corrected)
          .forEach(box -> put(boxes, box, other.provenance()));
    }
    return new Image(best, boxes);
  }

  private static void remove(List<Known> boxes, Box removed) {
    boxes.removeIf(known -> !known.box().corrected() && known.box().equals(removed));
  }

  private static void put(List<Known> boxes, Box box, JsonNode by) {
    boolean isFree =
        boxes.stream().noneMatch(known -> known.box().corrected() && known.box().isSameThing(box));
    if (isFree) {
      boxes.removeIf(known -> known.box().isSameThing(box));
      boxes.add(new Known(box, by));
    }
  }
}
