package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.web.labels.Scene.Box;
import io.assay.web.media.MediaKind;
import io.assay.web.violations.BoxList;
import io.assay.web.violations.Evidence;
import io.assay.web.violations.PrivateText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the scenes of one sample for one reader. */
final class Scenes {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Fields that name what a box is of, the likeliest first. */
  private static final List<String> CLASS_FIELDS = List.of("label", "class", "category");

  private final LabelledSample sample;
  private final ExportView view;
  private final Optional<BoxList> list;
  private final Map<String, Violation.Corrected> corrected;
  private final Set<String> outside = new TreeSet<>();

  /** Predicted boxes that are not the subject, where the label speaks of that alone. */
  private final Set<JsonNode> others = new HashSet<>();

  Scenes(LabelledSample sample, ExportView view) {
    this.sample = sample;
    this.view = view;
    JsonNode record = JSON.readTree(new String(ViolationJson.write(sample.flagged()), UTF_8));
    this.list = BoxList.in(Evidence.of(record, view.clear()));
    this.corrected =
        sample.corrections().stream()
            .collect(Collectors.toMap(Violation.Corrected::id, Function.identity(), (a, b) -> b));
  }

  List<Scene> all() {
    return sample.flagged().events().stream().map(this::scene).toList();
  }

  /** Names of what {@link #all} left out since the label does not speak of it. */
  List<String> outside() {
    return List.copyOf(outside);
  }

  private Scene scene(Violation.FrozenEvent event) {
    Visible visible = view.visible().apply(event.stream());
    JsonNode before = visible.of(JSON.readTree(event.fields()));
    if (sample.scope().subjectOnly()) {
      list.ifPresent(found -> collectOthers(found, before, event.subjectIndex()));
    }
    Violation.Corrected better = corrected.get(event.id());
    JsonNode after = better == null ? before : visible.of(JSON.readTree(better.fields()));
    Optional<String> media = MediaKind.referenceIn(before).or(() -> MediaKind.referenceIn(after));
    List<Box> predicted = boxes(before);
    List<Box> boxes =
        boxes(after).stream().map(box -> predicted.contains(box) ? box : asCorrected(box)).toList();
    return new Scene(
        event.id(),
        event.stream(),
        event.at(),
        event.role(),
        media,
        media.map(view.address()),
        media.flatMap(reference -> view.imageSize().apply(event.stream(), reference)),
        inScope(before),
        inScope(after),
        boxes,
        predicted.stream()
            .filter(box -> boxes.stream().noneMatch(b -> b.isSameThing(box) || sameArea(b, box)))
            .toList());
  }

  private void collectOthers(BoxList found, JsonNode fields, int subject) {
    String name = PrivateText.known(sample.flagged().label(), view.clear());
    List<JsonNode> elements = found.elements(fields);
    for (int i = 0; i < elements.size(); i++) {
      boolean named = !found.identity().isEmpty() && !name.isEmpty();
      if (named ? !found.name(elements.get(i)).equals(name) : i != subject) {
        others.add(elements.get(i));
      }
    }
  }

  private static boolean sameArea(Box a, Box b) {
    return a.x() == b.x() && a.y() == b.y() && a.width() == b.width() && a.height() == b.height();
  }

  /** The boxes that the label speaks of. */
  private List<Box> boxes(JsonNode fields) {
    if (list.isEmpty()) {
      return List.of();
    }
    List<Box> boxes = new ArrayList<>();
    for (JsonNode element : list.get().elements(fields)) {
      JsonNode area = element.path(list.get().area());
      if (isCovered(element) && area.size() == 4) {
        boxes.add(box(element, area));
      }
    }
    return boxes;
  }

  private Box box(JsonNode element, JsonNode area) {
    JsonNode score = element.path("score");
    return new Box(
        kind(element),
        list.map(found -> found.name(element)).orElse(""),
        score.isNumber() ? OptionalDouble.of(score.asDouble()) : OptionalDouble.empty(),
        pixels(area.path(0)),
        pixels(area.path(1)),
        Math.max(0, pixels(area.path(2))),
        Math.max(0, pixels(area.path(3))),
        false);
  }

  /** To four digits: what is computed of two corners has sixteen. */
  private static double pixels(JsonNode number) {
    return Math.round(number.asDouble(0) * 1e4) / 1e4;
  }

  private static Box asCorrected(Box box) {
    return new Box(
        box.kind(), box.identity(), box.score(), box.x(), box.y(), box.width(), box.height(), true);
  }

  private static String kind(JsonNode element) {
    return CLASS_FIELDS.stream()
        .map(name -> element.path(name).asString(""))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private boolean isCovered(JsonNode element) {
    if (others.contains(element)) {
      outside.add("other boxes than the subject");
      return false;
    }
    boolean covered = sample.scope().coversClass(kind(element));
    if (!covered) {
      outside.add("class " + kind(element));
    }
    return covered;
  }

  /** Fields and elements that the label does not speak of taken away; the media always stays. */
  private JsonNode inScope(JsonNode fields) {
    JsonNode copy = fields.deepCopy();
    if (copy instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        boolean isMedia = MediaKind.of(object.path(name).asString("")) != MediaKind.OTHER;
        if (!sample.scope().coversField(name) && !isMedia) {
          outside.add("field " + name);
          object.remove(name);
        }
      }
      list.ifPresent(found -> retainCovered(object, found));
    }
    return copy;
  }

  private void retainCovered(ObjectNode object, BoxList found) {
    List<JsonNode> elements = found.elements(object);
    if (elements.stream().anyMatch(element -> !isCovered(element))) {
      object.putArray(found.list()).addAll(elements.stream().filter(this::isCovered).toList());
    }
  }
}
