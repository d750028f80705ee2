package io.assay.web.violations;

import io.assay.web.violations.Evidence.Frozen;
import io.assay.web.violations.Frame.Box;
import io.assay.web.violations.Frame.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The boxes over one event: what was judged, what others told, and what should have been. */
final class Boxes {
  private final List<Box> boxes = new ArrayList<>();

  /**
   * Those of the event itself.
   *
   * @param lastKnown where the subject was seen last, drawn while it is missing
   */
  void own(BoxList list, Frozen event, @Nullable Box lastKnown) {
    List<JsonNode> elements = list.elements(event.fields());
    for (int i = 0; i < elements.size(); i++) {
      Kind kind = i == event.subject() ? Kind.SUBJECT : Kind.OTHER;
      add(list, elements.get(i), caption(list, elements.get(i)), kind);
    }
    if (event.inGap() && event.subject() < 0 && lastKnown != null) {
      boxes.add(lastKnown.as(Kind.LAST_KNOWN));
    }
  }

  /** Those of an event of another stream; each says whose it is. */
  void joined(BoxList list, Frozen event) {
    List<JsonNode> elements = list.elements(event.fields());
    for (int i = 0; i < elements.size(); i++) {
      Kind kind = i == event.subject() ? Kind.SUBJECT : Kind.JOINED;
      String caption = event.stream() + ": " + caption(list, elements.get(i));
      add(list, elements.get(i), caption, kind);
    }
  }

  /** What the rule would have instead: what is new, and what is gone. */
  void proposed(BoxList list, Frozen event, JsonNode proposed) {
    List<JsonNode> judged = list.elements(event.fields());
    List<JsonNode> wanted = list.elements(proposed);
    wanted.stream()
        .filter(element -> !judged.contains(element))
        .forEach(element -> add(list, element, caption(list, element), Kind.PROPOSED));
    judged.stream()
        .filter(element -> wanted.stream().noneMatch(one -> sameArea(list, one, element)))
        .forEach(element -> add(list, element, caption(list, element), Kind.REFUTED));
  }

  /** What is known to be right. */
  void truth(BoxList list, JsonNode truth) {
    list.elements(truth).forEach(element -> add(list, element, caption(list, element), Kind.TRUTH));
  }

  /** Where the subject is, if it is here. */
  Optional<Box> subject() {
    return boxes.stream().filter(box -> box.kind() == Kind.SUBJECT).findFirst();
  }

  /** All of them; later ones lie on top: the subject must not be hidden. */
  List<Box> all() {
    return boxes.stream().sorted(Comparator.comparing(Box::kind)).toList();
  }

  private static boolean sameArea(BoxList list, JsonNode one, JsonNode other) {
    return Objects.equals(one.path(list.area()), other.path(list.area()));
  }

  private void add(BoxList list, JsonNode element, String caption, Kind kind) {
    JsonNode area = element.path(list.area());
    if (area.size() == 4) {
      boxes.add(
          new Box(
              area.path(0).asDouble(0),
              area.path(1).asDouble(0),
              Math.max(0, area.path(2).asDouble(0)),
              Math.max(0, area.path(3).asDouble(0)),
              caption,
              kind));
    }
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
}
