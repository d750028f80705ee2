package io.assay.web.violations;

import io.assay.web.media.MediaAddresses;
import io.assay.web.media.MediaFiles;
import io.assay.web.media.MediaKind;
import io.assay.web.system.Moment;
import io.assay.web.violations.Evidence.Frozen;
import io.assay.web.violations.Frame.Box;
import io.assay.web.violations.Frame.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Draws a violation's events, in order of time. */
@Component
class Frames {
  private final MediaFiles media;
  private final MediaAddresses shown;
  private final JsonMapper json;

  Frames(MediaFiles media, MediaAddresses shown, JsonMapper json) {
    this.media = media;
    this.shown = shown;
    this.json = json;
  }

  /**
   * All frames of the evidence; empty when its events have no boxes.
   *
   * @param at event time of the deciding event, nanoseconds
   */
  List<Frame> of(String project, Evidence evidence, long at) {
    Optional<BoxList> found = BoxList.in(evidence);
    if (found.isEmpty()) {
      return List.of();
    }
    BoxList list = found.get();
    MediaFiles.Size size = size(project, evidence, list);
    var frames = new ArrayList<Frame>();
    Box lastKnown = null;
    for (Frozen event : evidence.events()) {
      List<Box> boxes = boxes(list, event, lastKnown);
      for (Box box : boxes) {
        if (box.kind() == Kind.SUBJECT) {
          lastKnown = box;
        }
      }
      frames.add(
          new Frame(
              frames.size(),
              event.id(),
              Moment.ofNanos(event.nanos()),
              offset(event.nanos() - at),
              event.role(),
              image(event).flatMap(reference -> shown.image(project, reference)),
              image(event).flatMap(reference -> shown.thumbnail(project, reference)),
              size.width(),
              size.height(),
              boxes,
              event.inGap() && event.subject() < 0,
              json.writerWithDefaultPrettyPrinter().writeValueAsString(event.fields())));
    }
    return List.copyOf(frames);
  }

  private static List<Box> boxes(BoxList list, Frozen event, @Nullable Box lastKnown) {
    var boxes = new ArrayList<Box>();
    List<JsonNode> elements = list.elements(event.fields());
    for (int i = 0; i < elements.size(); i++) {
      boolean subject = i == event.subject();
      JsonNode area = elements.get(i).path(list.area());
      if (area.size() == 4) {
        boxes.add(
            new Box(
                area.path(0).asDouble(0),
                area.path(1).asDouble(0),
                Math.max(0, area.path(2).asDouble(0)),
                Math.max(0, area.path(3).asDouble(0)),
                caption(list, elements.get(i)),
                subject ? Kind.SUBJECT : Kind.OTHER));
      }
    }
    if (event.inGap() && event.subject() < 0 && lastKnown != null) {
      boxes.add(
          new Box(
              lastKnown.x(),
              lastKnown.y(),
              lastKnown.width(),
              lastKnown.height(),
              lastKnown.caption(),
              Kind.LAST_KNOWN));
    }
    // Later ones lie on top: the subject must not be hidden.
    boxes.sort((a, b) -> a.kind().compareTo(b.kind()));
    return List.copyOf(boxes);
  }

  /** What a person calls it: its label, its name, and how sure the model was. */
  private static String caption(BoxList list, JsonNode element) {
    var words = new ArrayList<String>();
    words.add(element.path("label").asString(""));
    words.add(list.name(element));
    if (element.path("score").isNumber()) {
      words.add(String.format(Locale.ROOT, "%.2f", element.path("score").asDouble(0)));
    }
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }

  /** Of the first image there is; without any, what the boxes need. */
  private MediaFiles.Size size(String project, Evidence evidence, BoxList list) {
    double right = 0;
    double bottom = 0;
    for (Frozen event : evidence.events()) {
      Optional<MediaFiles.Size> size =
          image(event).flatMap(reference -> media.size(project, reference));
      if (size.isPresent()) {
        return size.get();
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
