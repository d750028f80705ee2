package io.assay.web.alerts;

import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an alert of an episode is labelled with beside what its rule says: what its routes group by.
 * Private fields are never labels.
 */
final class AlertLabels {
  private static final String VERSION = "version";
  private static final String SEGMENT = "segment";

  /** What an alert is known by; a field of such a name is none of its labels. */
  private static final Set<String> TAKEN =
      Set.of(
          "assertion",
          AlertRule.NAME,
          AlertRule.PROJECT,
          AlertRule.LEVEL,
          AlertRule.STREAM,
          AlertRule.CONDITION,
          AlertRule.MODEL,
          VERSION,
          SEGMENT);

  private static final int LONGEST = 200;
  private static final JsonMapper JSON = JsonMapper.shared();

  private AlertLabels() {}

  /** Whether something is grouped by that only the events themselves know. */
  static boolean needFields(AlertRule rule) {
    return !fields(rule).isEmpty();
  }

  /** Other fields than the key. */
  private static List<String> fields(AlertRule rule) {
    StreamType stream = rule.assertion().on();
    return rule.groupBy().stream()
        .filter(name -> !TAKEN.contains(name))
        .filter(name -> !name.equals(stream.key().name()))
        .filter(
            name ->
                stream.root().fields().stream()
                    .anyMatch(field -> field.name().equals(name) && !field.hidden()))
        .toList();
  }

  static SortedMap<String, String> of(AlertRule rule, AlertEpisodes.Shown shown) {
    var labels = new TreeMap<String, String>();
    StructType.Field key = rule.assertion().on().key();
    if (rule.groupBy().contains(key.name()) && !TAKEN.contains(key.name()) && !key.hidden()) {
      labels.put(key.name(), cut(shown.episode().key()));
    }
    if (rule.groupBy().contains(VERSION)) {
      shown.version().ifPresent(version -> labels.put(VERSION, cut(version)));
    }
    if (rule.groupBy().contains(SEGMENT)
        && rule.assertion().context().windowing().isPresent()
        && shown.episode().label().indexOf('\u2063') < 0) {
      labels.put(SEGMENT, cut(shown.episode().label()));
    }
    shown.fields().ifPresent(json -> fields(rule).forEach(name -> scalar(json, name, labels)));
    return labels;
  }

  private static void scalar(String json, String name, Map<String, String> labels) {
    try {
      JsonNode value = JSON.readTree(json).path(name);
      if (value.isValueNode() && !value.isNull()) {
        labels.put(name, cut(value.asString("")));
      }
    } catch (JacksonException broken) {
      // Evidence that was cut has no fields to tell of.
    }
  }

  private static String cut(String value) {
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
  }
}
