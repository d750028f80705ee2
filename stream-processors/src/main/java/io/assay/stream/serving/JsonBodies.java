package io.assay.stream.serving;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies in JSON, told apart by what is in them: V2 tensors, V1 instances and predictions, Seldon
 * Core 1's data.
 */
final class JsonBodies {
  private JsonBodies() {}

  static Body read(byte[] bytes) {
    Json.Opened opened = Json.open(bytes);
    Body body = read(opened);
    ByteBuffer rest = opened.rest();
    while (rest.hasRemaining()) {
      if ((rest.get() & 0xff) > ' ') {
        throw new UnreadablePayload(
            "needed the end after the JSON object, %d bytes came".formatted(rest.remaining() + 1));
      }
    }
    return body;
  }

  private static Body read(Json.Opened opened) {
    ObjectNode body = opened.object();
    if (isV2(body.get("inputs"))) {
      return v2(body, Side.REQUEST, "inputs", opened.rest());
    }
    if (isV2(body.get("outputs"))) {
      return v2(body, Side.RESPONSE, "outputs", opened.rest());
    }
    if (SeldonBodies.isOne(body)) {
      return SeldonBodies.read(body);
    }
    return v1(body)
        .orElseThrow(
            () ->
                new UnreadablePayload(
                    "needed inputs, outputs, instances, predictions or data, came " + came(body)));
  }

  /** A server that failed answers with an error. */
  private static String came(ObjectNode body) {
    String error = Json.text(body, "error");
    return error.isEmpty() ? "members " + body.propertyNames() : "the error '" + error + "'";
  }

  private static boolean isV2(@Nullable JsonNode tensors) {
    return tensors != null
        && tensors.isArray()
        && !tensors.isEmpty()
        && tensors.valueStream().allMatch(t -> t instanceof ObjectNode o && o.has("datatype"));
  }

  private static Body v2(ObjectNode body, Side side, String member, ByteBuffer rest) {
    List<Tensor> tensors = new ArrayList<>();
    for (JsonNode node : body.get(member).values()) {
      tensors.add(v2Tensor((ObjectNode) node, rest));
    }
    return new Body(
        Optional.of(side),
        Json.text(body, "id"),
        Json.text(body, "model_name"),
        Json.text(body, "model_version"),
        parameters(body),
        tensors);
  }

  private static Map<String, JsonNode> parameters(ObjectNode body) {
    Map<String, JsonNode> parameters = new HashMap<>();
    Json.objectOf(body, "parameters")
        .properties()
        .forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue()));
    return parameters;
  }

  private static Tensor v2Tensor(ObjectNode tensor, ByteBuffer rest) {
    String name = Json.text(tensor, "name");
    List<Integer> shape = shape(name, tensor.get("shape"));
    JsonNode size = Json.objectOf(tensor, "parameters").get("binary_data_size");
    if (size != null && size.isIntegralNumber()) {
      int length = size.asInt(-1);
      if (length < 0 || length > rest.remaining()) {
        throw new UnreadablePayload(
            "tensor '%s' needs %s bytes behind the JSON, %d are left"
                .formatted(name, size, rest.remaining()));
      }
      ByteBuffer raw = rest.slice(rest.position(), length);
      rest.position(rest.position() + length);
      return RawTensors.read(name, Json.text(tensor, "datatype"), shape, raw);
    }
    JsonNode data = tensor.get("data");
    if (data == null) {
      throw new UnreadablePayload("tensor '%s' has no data".formatted(name));
    }
    return new Tensor(name, shape, Nodes.flat(data));
  }

  static List<Integer> shape(String name, @Nullable JsonNode shape) {
    if (shape == null || !shape.isArray()) {
      throw new UnreadablePayload("tensor '%s' has no shape".formatted(name));
    }
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode size : shape.values()) {
      if (!size.isIntegralNumber()) {
        throw new UnreadablePayload("tensor '%s' has the shape %s".formatted(name, shape));
      }
      sizes.add(size.asInt(-1));
    }
    return sizes;
  }

  /** By rows under {@code instances}, or by columns under {@code inputs}; answered alike. */
  private static Optional<Body> v1(ObjectNode body) {
    for (Side side : Side.values()) {
      String rows = side == Side.REQUEST ? "instances" : "predictions";
      String columns = side == Side.REQUEST ? "inputs" : "outputs";
      if (body.has(rows)) {
        return Optional.of(v1(body, side, List.of(Nodes.rowsOrOne(rows, body.get(rows)))));
      }
      if (body.get(columns) instanceof ObjectNode named) {
        return Optional.of(
            v1(
                body,
                side,
                named
                    .propertyStream()
                    .map(column -> Nodes.rowsOrOne(column.getKey(), column.getValue()))
                    .toList()));
      }
      if (body.has(columns)) {
        return Optional.of(v1(body, side, List.of(Nodes.rowsOrOne(columns, body.get(columns)))));
      }
    }
    return Optional.empty();
  }

  private static Body v1(ObjectNode body, Side side, List<Tensor> tensors) {
    return new Body(
        Optional.of(side),
        Json.text(body, "id"),
        Json.text(body, "model_name"),
        Json.text(body, "model_version"),
        Map.of(),
        tensors);
  }
}
