package io.assay.stream.serving;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of SageMaker's data capture: a request and its response in each, as CSV, JSON or base64.
 * Values without names are called {@code data}.
 */
public final class SageMakerCapture {
  private SageMakerCapture() {}

  /**
   * The events of a line, one for each row.
   *
   * @throws IllegalArgumentException if it is none; the message says what was needed
   */
  public static List<byte[]> eventsOf(byte[] line, boolean rows) {
    try {
      ObjectNode object = Json.open(line).object();
      ObjectNode data = Json.objectOf(object, "captureData");
      ObjectNode event = Json.objectOf(object, "eventMetadata");
      return switch (PredictionEvents.of(
          half(Side.REQUEST, event, Json.objectOf(data, "endpointInput")),
          half(Side.RESPONSE, event, Json.objectOf(data, "endpointOutput")),
          rows,
          Room.OF_FILES)) {
        case PredictionEvents.Made.Events(List<byte[]> json) -> json;
        case PredictionEvents.Made.TooLarge(String detail) -> throw new UnreadablePayload(detail);
      };
    } catch (UnreadablePayload | JacksonException broken) {
      throw new IllegalArgumentException(broken.getMessage(), broken);
    }
  }

  private static Inference half(Side side, ObjectNode event, ObjectNode captured) {
    String id = Json.text(event, "inferenceId");
    if (id.isEmpty()) {
      id = Json.text(event, "eventId");
    }
    String time = Json.text(event, "inferenceTime");
    if (id.isEmpty() || !captured.has("data")) {
      throw new UnreadablePayload(
          "a capture needs eventMetadata.eventId and data of input and output");
    }
    try {
      return new Inference(side, id, Instant.parse(time), Map.of(), Map.of(), tensors(captured));
    } catch (DateTimeException broken) {
      throw new UnreadablePayload(
          "a capture needs an inferenceTime in RFC 3339, came '%s'".formatted(time));
    }
  }

  private static List<Tensor> tensors(ObjectNode captured) {
    String data = Json.text(captured, "data");
    return switch (Json.text(captured, "encoding")) {
      case "CSV" -> List.of(csv(data));
      case "JSON" -> json(data);
      case "BASE64" -> base64(data);
      default ->
          throw new UnreadablePayload(
              "a capture is encoded as CSV, JSON or BASE64, not as '%s'"
                  .formatted(Json.text(captured, "encoding")));
    };
  }

  private static List<Tensor> json(String text) {
    JsonNode node = Json.MAPPER.readTree(text);
    if (!(node instanceof ObjectNode object)) {
      return List.of(Nodes.rowsOrOne("data", node));
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean known =
        List.of("inputs", "outputs", "instances", "predictions", "data").stream()
            .anyMatch(object::has);
    // An object that no protocol knows is one row with names.
    return known
        ? JsonBodies.read(bytes).tensors()
        : List.of(new Tensor("data", List.of(1), new Nodes(List.of(object))));
  }

  private static List<Tensor> base64(String data) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException broken) {
      throw new UnreadablePayload("the data is no base64");
    }
    boolean json = bytes.length > 0 && (bytes[0] == '{' || bytes[0] == '[');
    return json
        ? json(new String(bytes, StandardCharsets.UTF_8))
        : List.of(new Tensor("data", List.of(1), new RawTensors.Texts(List.of(data))));
  }

  private static Tensor csv(String text) {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank()) {
        List<JsonNode> cells = cells(line);
        rows.add(cells.size() == 1 ? cells.getFirst() : Json.MAPPER.valueToTree(cells));
      }
    }
    return new Tensor("data", List.of(rows.size()), new Nodes(rows));
  }

  /** Quoted cells may have commas, and quotes twice. */
  private static List<JsonNode> cells(String line) {
    List<JsonNode> cells = new ArrayList<>();
    var cell = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
        wasQuoted = true;
      } else if (c == ',' && !quoted) {
        cells.add(value(cell.toString(), wasQuoted));
        cell.setLength(0);
        wasQuoted = false;
      } else {
        cell.append(c);
      }
    }
    cells.add(value(cell.toString(), wasQuoted));
    return cells;
  }

  /** A number where it reads as one; what is empty is missing. */
  private static JsonNode value(String cell, boolean quoted) {
    String text = cell.strip();
    if (!quoted && text.isEmpty()) {
      return Json.MAPPER.nullNode();
    }
    if (!quoted && text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
      return text.matches("[-+]?[0-9]{1,18}")
          ? Json.MAPPER.getNodeFactory().numberNode(Long.parseLong(text))
          : Json.MAPPER.getNodeFactory().numberNode(Double.parseDouble(text));
    }
    return Json.MAPPER.getNodeFactory().stringNode(text);
  }
}
