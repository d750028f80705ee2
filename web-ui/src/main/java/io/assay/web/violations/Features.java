package io.assay.web.violations;

import io.assay.assertion.event.Imputed;
import io.assay.web.violations.Evidence.Frozen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Single values of an event, those that were filled in marked as such. */
final class Features {
  private static final int MOST = 80;

  private Features() {}

  /**
   * One value.
   *
   * @param name with its group before it, as {@code features.income}
   * @param isImputed whether it was missing, and filled in
   * @param confidence how probable it is that what was filled in is right; empty where nothing was,
   *     or nothing is said
   */
  record Feature(String name, String value, boolean isImputed, String confidence) {}

  /**
   * Of the deciding event; empty where the evidence does not have it, or it has no single values.
   */
  static List<Feature> of(Evidence evidence) {
    Optional<Frozen> deciding =
        evidence.events().stream().filter(event -> event.role().equals("at")).findFirst();
    List<Feature> found = new ArrayList<>();
    deciding.ifPresent(event -> collect(event.fields(), found));
    return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  private static void collect(JsonNode fields, List<Feature> found) {
    JsonNode imputed = fields.path(Imputed.NAME);
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      JsonNode value = field.getValue();
      if (field.getKey().equals(Imputed.NAME) && value.isObject()) {
        continue;
      }
      if (value.isObject()) {
        value
            .properties()
            .forEach(
                inner ->
                    add(
                        field.getKey() + '.' + inner.getKey(),
                        inner.getValue(),
                        imputed.path(inner.getKey()),
                        found));
      } else {
        add(field.getKey(), value, imputed.path(field.getKey()), found);
      }
    }
    missing(fields, imputed, found);
  }

  private static void add(String name, JsonNode value, JsonNode imputed, List<Feature> found) {
    if (value.isContainer()) {
      return;
    }
    boolean isImputed = imputed.isObject();
    found.add(
        new Feature(
            name,
            shown(isImputed ? imputed.path(Imputed.VALUE) : value),
            isImputed,
            isImputed ? confidence(imputed) : ""));
  }

  /** What was filled in counts as missing, and may stand nowhere else. */
  private static void missing(JsonNode fields, JsonNode imputed, List<Feature> found) {
    for (Map.Entry<String, JsonNode> one : imputed.properties()) {
      boolean isThere =
          found.stream()
              .anyMatch(
                  f -> f.name().equals(one.getKey()) || f.name().endsWith('.' + one.getKey()));
      if (one.getValue().isObject() && !isThere && !fields.has(one.getKey())) {
        found.add(
            new Feature(
                one.getKey(),
                shown(one.getValue().path(Imputed.VALUE)),
                true,
                confidence(one.getValue())));
      }
    }
  }

  private static String confidence(JsonNode imputed) {
    JsonNode confidence = imputed.path(Imputed.CONFIDENCE);
    return confidence.isNumber()
        ? String.format(Locale.ROOT, "%.0f %%", 100 * confidence.asDouble(0))
        : "";
  }

  private static String shown(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "–";
    }
    return value.isString() ? value.asString("") : value.toString();
  }
}
