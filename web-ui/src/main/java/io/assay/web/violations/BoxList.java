package io.assay.web.violations;

import io.assay.web.violations.Evidence.Frozen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where the boxes are in the fields of an evidence's events: the list of records that have a
 * rectangle each.
 *
 * @param list name of the list
 * @param area name of the rectangle in an element
 * @param identity name of the field that tells elements apart over time; empty when none does
 */
public record BoxList(String list, String area, String identity) {

  /** The first that there is: that of the stream which was judged, where it has one. */
  public static Optional<BoxList> in(Evidence evidence) {
    return in(evidence.own(), evidence.subjectName())
        .or(() -> in(evidence.joined(), evidence.subjectName()));
  }

  /** That of a stream's events. */
  static Optional<BoxList> in(List<Frozen> events, String subjectName) {
    for (Frozen event : events) {
      for (Map.Entry<String, JsonNode> field : event.fields().properties()) {
        for (JsonNode element : field.getValue().values()) {
          Optional<String> area = area(element);
          if (area.isPresent()) {
            return Optional.of(
                new BoxList(
                    field.getKey(), area.get(), identity(events, field.getKey(), subjectName)));
          }
        }
      }
    }
    return Optional.empty();
  }

  public List<JsonNode> elements(JsonNode fields) {
    return List.copyOf(fields.path(list).values());
  }

  /** The element's name over time; empty when it has none. */
  public String name(JsonNode element) {
    return identity.isEmpty() ? "" : element.path(identity).asString("");
  }

  private static Optional<String> area(JsonNode element) {
    return element.properties().stream()
        .filter(field -> isRectangle(field.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isRectangle(JsonNode value) {
    return value.isArray()
        && value.size() == 4
        && value.values().stream().allMatch(JsonNode::isNumber);
  }

  /** The field in which the subject carries the name that the violation gives it. */
  private static String identity(List<Frozen> events, String list, String subjectName) {
    for (Frozen event : events) {
      JsonNode subject = event.fields().path(list).path(event.subject());
      for (Map.Entry<String, JsonNode> field : subject.properties()) {
        boolean same = field.getValue().asString("").equals(subjectName);
        if (same && !subjectName.isEmpty()) {
          return field.getKey();
        }
      }
    }
    return "";
  }
}
