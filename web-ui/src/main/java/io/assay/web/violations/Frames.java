package io.assay.web.violations;

import io.assay.web.media.MediaAddresses;
import io.assay.web.media.MediaFiles;
import io.assay.web.media.MediaKind;
import io.assay.web.system.Moment;
import io.assay.web.violations.Evidence.Frozen;
import io.assay.web.violations.Frame.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Draws a violation's events, in order of time. */
@Component
class Frames {
  private final MediaFiles media;
  private final MediaAddresses addresses;
  private final JsonMapper json;

  Frames(MediaFiles media, MediaAddresses addresses, JsonMapper json) {
    this.media = media;
    this.addresses = addresses;
    this.json = json;
  }

  /**
   * All frames of the evidence; empty when its events have no boxes. Events of other streams are
   * drawn over the event that is nearest in time, where they have no image of their own.
   *
   * @param at event time of the deciding event, nanoseconds
   */
  List<Frame> of(String project, Evidence evidence, long at, Overlay overlay) {
    Map<String, BoxList> lists = lists(evidence);
    if (lists.isEmpty()) {
      return List.of();
    }
    List<Frozen> shown = shown(evidence, lists);
    Map<String, List<Frozen>> over = over(evidence, shown);
    MediaFiles.Size size = size(project, evidence, lists);
    var frames = new ArrayList<Frame>();
    Box lastKnown = null;
    for (Frozen event : shown) {
      List<Frozen> joined = over.getOrDefault(event.id(), List.of());
      Boxes boxes = boxes(lists, event, joined, lastKnown, overlay);
      lastKnown = boxes.subject().orElse(lastKnown);
      frames.add(
          new Frame(
              frames.size(),
              event.id(),
              Moment.ofNanos(event.nanos()),
              offset(event.nanos() - at),
              event.role(),
              address(project, event),
              image(event).flatMap(reference -> addresses.thumbnail(project, reference)),
              size.width(),
              size.height(),
              boxes.all(),
              event.inGap() && event.subject() < 0,
              raw(event),
              joined.stream().map(one -> joined(one, event)).toList()));
    }
    return List.copyOf(frames);
  }

  /** Where pages load an event's image from, if it has one. */
  Optional<String> address(String project, Frozen event) {
    return image(event).flatMap(reference -> addresses.image(project, reference));
  }

  private Frame.Joined joined(Frozen one, Frozen event) {
    return new Frame.Joined(one.stream(), offset(one.nanos() - event.nanos()), raw(one));
  }

  private String raw(Frozen event) {
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(event.fields());
  }

  /** Where each stream has its boxes; those that have none are not among them. */
  private static Map<String, BoxList> lists(Evidence evidence) {
    var lists = new LinkedHashMap<String, BoxList>();
    for (Frozen event : evidence.events()) {
      if (!lists.containsKey(event.stream())) {
        List<Frozen> same =
            evidence.events().stream().filter(one -> one.stream().equals(event.stream())).toList();
        BoxList.in(same, evidence.subjectName()).ifPresent(list -> lists.put(event.stream(), list));
      }
    }
    return lists;
  }

  /** The judged stream's events, and those of others that have an image of their own. */
  private static List<Frozen> shown(Evidence evidence, Map<String, BoxList> lists) {
    boolean alone = evidence.own().stream().noneMatch(event -> lists.containsKey(event.stream()));
    return evidence.events().stream()
        .filter(
            event ->
                evidence.own().contains(event)
                    ? !alone
                    : lists.containsKey(event.stream()) && (alone || image(event).isPresent()))
        .toList();
  }

  /** The other events, each by the id of the shown one that is nearest in time. */
  private static Map<String, List<Frozen>> over(Evidence evidence, List<Frozen> shown) {
    var over = new LinkedHashMap<String, List<Frozen>>();
    evidence.events().stream()
        .filter(event -> !shown.contains(event))
        .forEach(
            event ->
                shown.stream()
                    .min(Comparator.comparingLong(one -> Math.abs(one.nanos() - event.nanos())))
                    .ifPresent(
                        one ->
                            over.computeIfAbsent(one.id(), unknown -> new ArrayList<>())
                                .add(event)));
    return over;
  }

  private static Boxes boxes(
      Map<String, BoxList> lists,
      Frozen event,
      List<Frozen> joined,
      @Nullable Box lastKnown,
      Overlay overlay) {
    var boxes = new Boxes();
    for (Frozen one : joined) {
      BoxList list = lists.get(one.stream());
      if (list != null) {
        boxes.joined(list, one);
      }
    }
    BoxList list = lists.get(event.stream());
    if (list != null) {
      boxes.own(list, event, lastKnown);
      JsonNode proposed = overlay.proposed().get(event.id());
      if (proposed != null) {
        boxes.proposed(list, event, proposed);
      }
      JsonNode truth = overlay.truth().get(event.id());
      if (truth != null) {
        boxes.truth(list, truth);
      }
    }
    return boxes;
  }

  /** Of the first image there is; without any, what the boxes need. */
  private MediaFiles.Size size(String project, Evidence evidence, Map<String, BoxList> lists) {
    double right = 0;
    double bottom = 0;
    for (Frozen event : evidence.events()) {
      Optional<MediaFiles.Size> size =
          image(event).flatMap(reference -> media.size(project, reference));
      if (size.isPresent()) {
        return size.get();
      }
      BoxList list = lists.get(event.stream());
      if (list == null) {
        continue;
      }
      for (JsonNode element : list.elements(event.fields())) {
        JsonNode area = element.path(list.area());
        right = Math.max(right, area.path(0).asDouble(0) + area.path(2).asDouble(0));
        bottom = Math.max(bottom, area.path(1).asDouble(0) + area.path(3).asDouble(0));
      }
    }
    return new MediaFiles.Size((int) Math.ceil(right + 10), (int) Math.ceil(bottom + 10));
  }

  static Optional<String> image(Frozen event) {
    return event.fields().properties().stream()
        .map(field -> field.getValue().isString() ? field.getValue().asString("") : "")
        .filter(text -> MediaKind.of(text) == MediaKind.IMAGE)
        .findFirst();
  }

  static String offset(long nanos) {
    if (nanos == 0) {
      return "0 ms";
    }
    double millis = Math.abs(nanos) / 1e6;
    String amount =
        millis < 10_000
            ? String.format(Locale.ROOT, "%.0f ms", millis)
            : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    return (nanos < 0 ? "\u2212" : "+") + amount;
  }
}
