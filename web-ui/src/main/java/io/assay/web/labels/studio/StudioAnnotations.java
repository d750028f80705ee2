package io.assay.web.labels.studio;

import io.assay.stream.contract.LabelRecord;
import io.assay.stream.contract.Topics;
import io.assay.web.labels.LabelReading;
import io.assay.web.labels.LabelledSample.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Annotations of Label Studio as labels: of tasks that came from here, by the event that a task
 * names. Boxes are in pixels again.
 */
final class StudioAnnotations {
  private static final Logger LOG = LoggerFactory.getLogger(StudioAnnotations.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SOURCE = "label-studio";

  private StudioAnnotations() {}

  /** Of what a webhook says; empty where it is about something else. */
  static Optional<LabelRecord> ofWebhook(String project, JsonNode said, Instant now) {
    String action = said.path("action").asString("");
    boolean isAnnotation =
        action.equals("ANNOTATION_CREATED") || action.equals("ANNOTATION_UPDATED");
    return isAnnotation
        ? label(project, said.path("task"), said.path("annotation"), now)
        : Optional.empty();
  }

  /** Of a task with its annotations, as the API tells it. */
  static List<LabelRecord> ofTask(String project, JsonNode task, Instant now) {
    List<LabelRecord> labels = new ArrayList<>();
    for (JsonNode annotation : task.path("annotations")) {
      label(project, task, annotation, now).ifPresent(labels::add);
    }
    return labels;
  }

  /** Of a page of tasks, what was said since a time. */
  static List<LabelRecord> since(Instant since, String project, JsonNode tasks, Instant now) {
    return fitting(
        tasks
            .valueStream()
            .flatMap(task -> ofTask(project, task, now).stream())
            .filter(label -> label.atMillis() >= since.toEpochMilli())
            .toList());
  }

  /** Without those that no broker takes, which would hold up all that come after them. */
  static List<LabelRecord> fitting(List<LabelRecord> labels) {
    return labels.stream().filter(StudioAnnotations::fits).toList();
  }

  private static boolean fits(LabelRecord label) {
    int bytes = label.json().length;
    if (bytes > Topics.LARGEST_INPUT) {
      LOG.warn(
          "a label of Label Studio for prediction {} of project {} is left out: it has {} bytes, of"
              + " at most {}",
          label.prediction(),
          label.project(),
          bytes,
          Topics.LARGEST_INPUT);
    }
    return bytes <= Topics.LARGEST_INPUT;
  }

  private static Optional<LabelRecord> label(
      String project, JsonNode task, JsonNode annotation, Instant now) {
    JsonNode data = task.path("data");
    String event = data.path("event").asString("");
    boolean ours = project.equals(data.path("assay").path("project").asString(""));
    if (event.isEmpty() || !ours || annotation.path("was_cancelled").asBoolean(false)) {
      return Optional.empty();
    }
    JsonNode result = annotation.path("result");
    String verdict = verdict(result);
    JsonNode fields = fields(result);
    if (verdict.isEmpty() && fields.isNull()) {
      return Optional.empty();
    }
    String changed =
        annotation.path("updated_at").asString(annotation.path("created_at").asString(""));
    return Optional.of(
        new LabelRecord(
            project,
            LabelReading.idOf(SOURCE, annotation.path("id").asString(""), event, result.toString()),
            event,
            data.path("stream").asString(""),
            verdict,
            fields,
            names(data.at("/assay/scope/classes")),
            names(data.at("/assay/scope/fields")),
            1,
            who(annotation.path("completed_by")),
            SOURCE,
            instant(changed).orElse(now).toEpochMilli()));
  }

  private static String verdict(JsonNode result) {
    for (JsonNode region : result) {
      String choice = region.at("/value/choices/0").asString("");
      boolean known = Arrays.stream(Verdict.values()).anyMatch(one -> one.word().equals(choice));
      if (region.path("type").asString("").equals("choices") && known) {
        return choice;
      }
    }
    return "";
  }

  /** What a person wrote as the corrected record, else the boxes, else what moves in the video. */
  private static JsonNode fields(JsonNode result) {
    ArrayNode boxes = JSON.createArrayNode();
    ArrayNode tracks = JSON.createArrayNode();
    for (JsonNode region : result) {
      JsonNode value = region.path("value");
      switch (region.path("type").asString("")) {
        case "textarea" -> {
          Optional<JsonNode> written = object(value.at("/text/0").asString(""));
          if (written.isPresent()) {
            return written.get();
          }
        }
        case "rectanglelabels" -> {
          ObjectNode box = boxes.addObject();
          box.put("label", value.at("/rectanglelabels/0").asString(""));
          area(box, value, region);
        }
        case "videorectangle" -> {
          ObjectNode track = tracks.addObject();
          track.put("label", value.at("/labels/0").asString(""));
          ArrayNode frames = track.putArray("frames");
          for (JsonNode key : value.path("sequence")) {
            ObjectNode frame = frames.addObject();
            frame.put("frame", key.path("frame").asInt(0));
            frame.put("enabled", key.path("enabled").asBoolean(true));
            area(frame, key, region);
          }
        }
        default -> {
          // Of other controls that somebody has added there.
        }
      }
    }
    ObjectNode fields = JSON.createObjectNode();
    if (!boxes.isEmpty()) {
      fields.set("boxes", boxes);
    }
    if (!tracks.isEmpty()) {
      fields.set("tracks", tracks);
    }
    return fields.isEmpty() ? NullNode.getInstance() : fields;
  }

  /** Percent as pixels, to a hundredth; as they are where the image's size is not told. */
  private static void area(ObjectNode to, JsonNode percent, JsonNode region) {
    double width = region.path("original_width").asDouble(100) / 100;
    double height = region.path("original_height").asDouble(100) / 100;
    to.putArray("area")
        .add(rounded(percent.path("x").asDouble(0) * width))
        .add(rounded(percent.path("y").asDouble(0) * height))
        .add(rounded(percent.path("width").asDouble(0) * width))
        .add(rounded(percent.path("height").asDouble(0) * height));
  }

  private static double rounded(double pixels) {
    return Math.round(pixels * 100) / 100.0;
  }

  private static Optional<JsonNode> object(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static String who(JsonNode completedBy) {
    String name =
        completedBy.isObject()
            ? completedBy.path("email").asString(completedBy.path("id").asString(""))
            : completedBy.asString("");
    return SOURCE + ":" + name;
  }

  private static List<String> names(JsonNode names) {
    return names.valueStream().map(one -> one.asString("")).toList();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }
}
