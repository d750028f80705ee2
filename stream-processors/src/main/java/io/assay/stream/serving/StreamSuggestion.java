package io.assay.stream.serving;

import io.assay.assertion.rule.ir.Serving;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream's block as a model's own metadata suggests it (V2: name, versions, inputs, outputs):
 * each tensor with few columns is read as fields, one for each.
 */
public final class StreamSuggestion {
  /** Of more columns a list is made: nobody writes rules about the hundredth one. */
  private static final int MOST_COLUMNS = 24;

  private static final Pattern WORD = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** Words of the language where a path may not begin with one, or that are never names. */
  private static final Set<String> WORDS =
      Set.of(
          ("true false null in bool int uint double string bytes ratio rect cuboid duration dyn"
                  + " list enum length timestamp vector map")
              .split(" "));

  private final ObjectNode metadata;
  private final Serving.Format format;
  private final Set<String> taken = new HashSet<>(Set.of("id", "request", "at", "version"));
  private final List<String> lines = new ArrayList<>();

  private StreamSuggestion(ObjectNode metadata, Serving.Format format) {
    this.metadata = metadata;
    this.format = format;
  }

  /**
   * @throws IllegalArgumentException if the bytes are no metadata; the message says what was needed
   */
  public static String of(byte[] metadata, Serving.Format format) {
    ObjectNode object;
    try {
      object = Json.open(metadata).object();
    } catch (UnreadablePayload | JacksonException broken) {
      throw new IllegalArgumentException(
          "a model's metadata needs a JSON object: " + broken.getMessage(), broken);
    }
    if (Json.text(object, "name").isEmpty()
        || !(object.get("inputs") instanceof ArrayNode)
        || !(object.get("outputs") instanceof ArrayNode)) {
      throw new IllegalArgumentException(
          "a model's metadata needs name, inputs and outputs, came " + object.propertyNames());
    }
    return new StreamSuggestion(object, format).text();
  }

  private String text() {
    String name = Json.text(metadata, "name");
    String word = identifier(name);
    lines.add("model %s \"%s\"".formatted(word, escape(name)));
    lines.add("");
    lines.add("stream %s from topic \"%s.predictions\" {".formatted(word, topic(name)));
    lines.add("  serving " + serving(name));
    lines.add("  model %s version version".formatted(word));
    lines.add("  id id");
    lines.add(
        "  # Whose predictions are judged in order: take an applicant or a device in its place.");
    lines.add("  key request string from id");
    lines.add("  time at timestamp");
    tensors("inputs");
    tensors("outputs");
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }

  private String serving(String name) {
    String pair = "requests \"%s\" responses \"%s\" within 5min";
    return format.word()
        + switch (format) {
          case KSERVE, SELDON1 ->
              " \"%s\" from topic \"inference.log\" within 5min".formatted(escape(name));
          case SELDON2 -> {
            String topics = "seldon.default.model." + topic(name);
            yield ' ' + pair.formatted(topics + ".inputs", topics + ".outputs");
          }
          case MLSERVER ->
              " \"%s\" ".formatted(escape(name))
                  + pair.formatted("mlserver-input", "mlserver-output");
          case V1, V2 ->
              ' ' + pair.formatted(topic(name) + ".requests", topic(name) + ".responses");
          case BENTOML, CLOUDEVENTS ->
              throw new IllegalArgumentException(
                  format.word() + " has no tensors that metadata tells of");
        };
  }

  private void tensors(String side) {
    for (JsonNode node : metadata.get(side).values()) {
      if (node instanceof ObjectNode tensor) {
        tensor(side, tensor);
      }
    }
  }

  private void tensor(String side, ObjectNode tensor) {
    String name = Json.text(tensor, "name");
    String type = type(Json.text(tensor, "datatype"));
    List<Integer> row = row(tensor.get("shape"));
    String path = side + '.' + (isPlain(name) ? name : '"' + escape(name) + '"');
    long columns = row.stream().allMatch(size -> size > 0) ? Tensor.count(row) : -1;
    if (type.isEmpty() || (row.size() > 1 && columns != 1)) {
      lines.add(
          "  # %s: %s of %s is not read"
              .formatted(path, Json.text(tensor, "datatype"), tensor.get("shape")));
    } else if (columns == 1) {
      lines.add("  %s %s from %s".formatted(free(identifier(name)), type, path));
    } else if (columns > 0 && columns <= MOST_COLUMNS) {
      for (int i = 0; i < columns; i++) {
        lines.add("  %s %s from %s[%d]".formatted(free(identifier(name) + '_' + i), type, path, i));
      }
    } else {
      lines.add("  %s list<%s> from %s".formatted(free(identifier(name)), type, path));
    }
  }

  /** Without the first dimension, which counts the rows. */
  private static List<Integer> row(JsonNode shape) {
    if (shape == null || !shape.isArray()) {
      return List.of();
    }
    return shape.valueStream().skip(1).map(size -> size.asInt(-1)).toList();
  }

  private static String type(String datatype) {
    return switch (datatype) {
      case "BOOL" -> "bool";
      case "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64" -> "int";
      case "FP16", "BF16", "FP32", "FP64" -> "double";
      case "BYTES" -> "string";
      default -> "";
    };
  }

  private static boolean isPlain(String name) {
    return WORD.matcher(name).matches() && !WORDS.contains(name);
  }

  private static String identifier(String name) {
    String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
    boolean well = isPlain(word);
    return well ? word : "x_" + word;
  }

  /** Inputs and outputs of one name are two fields. */
  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + '_' + i;
    }
    return name;
  }

  private static String topic(String name) {
    return name.replaceAll("[^a-zA-Z0-9._-]+", "-");
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\r\\n]", " ");
  }
}
