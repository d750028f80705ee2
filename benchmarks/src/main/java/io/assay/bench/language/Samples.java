package io.assay.bench.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** The same events for everybody: a score, a label, and five boxes. */
final class Samples {
  static final int COUNT = 256;
  private static final int BOXES = 5;
  private static final List<String> LABELS = List.of("car", "pedestrian", "cyclist", "truck");

  private Samples() {}

  /** One event, from a seed. */
  record Sample(Map<String, Object> own, List<Map<String, Object>> boxes) {
    /** As a map whose values are looked up by name. */
    Map<String, Object> map() {
      Map<String, Object> event = new LinkedHashMap<>(own);
      event.put("boxes", boxes);
      return event;
    }

    /** As the payload of a record. */
    byte[] payload(int at) {
      String text =
          "{\"camera\": \"c\", \"at\": %d, %s, \"boxes\": [%s]}"
              .formatted(
                  at,
                  members(own),
                  boxes.stream()
                      .map(box -> "{" + members(box) + "}")
                      .collect(Collectors.joining(", ")));
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  static List<Sample> all() {
    var random = new Random(7);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      Map<String, Object> own = box(random);
      List<Map<String, Object>> boxes = new ArrayList<>();
      for (int b = 0; b < BOXES; b++) {
        boxes.add(box(random));
      }
      samples.add(new Sample(own, boxes));
    }
    return samples;
  }

  private static Map<String, Object> box(Random random) {
    Map<String, Object> box = new LinkedHashMap<>();
    box.put("score", random.nextInt(1000) / 1000.0);
    box.put("label", LABELS.get(random.nextInt(LABELS.size())));
    return box;
  }

  private static String members(Map<String, Object> box) {
    return "\"score\": %s, \"label\": \"%s\"".formatted(box.get("score"), box.get("label"));
  }
}
