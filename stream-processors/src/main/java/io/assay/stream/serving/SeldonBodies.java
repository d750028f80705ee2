package io.assay.stream.serving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies of Seldon Core 1's own protocol: a matrix with names for its columns, or a text, bytes, or
 * JSON. A request and a response look alike.
 */
final class SeldonBodies {
  private static final List<String> OTHERS = List.of("strData", "binData", "jsonData");

  private SeldonBodies() {}

  static boolean isOne(ObjectNode body) {
    return body.get("data") instanceof ObjectNode || OTHERS.stream().anyMatch(body::has);
  }

  static Body read(ObjectNode body) {
    ObjectNode meta = Json.objectOf(body, "meta");
    Map<String, JsonNode> tags = new HashMap<>();
    Json.objectOf(meta, "tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return new Body(Optional.empty(), Json.text(meta, "puid"), "", "", tags, tensors(body));
  }

  private static List<Tensor> tensors(ObjectNode body) {
    for (String member : OTHERS) {
      JsonNode data = body.get(member);
      if (data != null) {
        return List.of(Nodes.rowsOrOne(member, data));
      }
    }
    ObjectNode data = Json.objectOf(body, "data");
    List<String> names = names(data.get("names"));
    if (data.get("tensor") instanceof ObjectNode tensor) {
      JsonNode values = tensor.get("values");
      if (values == null) {
        throw new UnreadablePayload("the tensor has no values");
      }
      return named(
          names,
          new Tensor(
              "tensor", JsonBodies.shape("tensor", tensor.get("shape")), Nodes.flat(values)));
    }
    JsonNode rows = data.get("ndarray");
    if (rows == null || !rows.isArray()) {
      throw new UnreadablePayload(
          "needed data.tensor or data.ndarray, came " + data.propertyNames());
    }
    return ndarray(names, rows);
  }

  private static List<String> names(@Nullable JsonNode names) {
    return names == null || !names.isArray()
        ? List.of()
        : names.valueStream().map(JsonNode::asString).toList();
  }

  /** A list of lists of one length is a matrix; everything else is a list of rows. */
  private static List<Tensor> ndarray(List<String> names, JsonNode rows) {
    boolean matrix =
        !names.isEmpty()
            && rows.valueStream().allMatch(row -> row.isArray() && row.size() == names.size());
    if (!matrix) {
      return List.of(Nodes.rows("ndarray", rows));
    }
    List<JsonNode> values = new ArrayList<>();
    rows.values().forEach(row -> values.addAll(row.values()));
    return named(
        names, new Tensor("ndarray", List.of(rows.size(), names.size()), new Nodes(values)));
  }

  /** A tensor for each column that has a name. */
  private static List<Tensor> named(List<String> names, Tensor matrix) {
    int columns = matrix.shape().size() == 2 ? matrix.shape().get(1) : 0;
    if (names.isEmpty() || columns != names.size()) {
      return List.of(matrix);
    }
    List<Tensor> tensors = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      tensors.add(
          new Tensor(
              names.get(column),
              List.of(matrix.shape().getFirst()),
              column((Nodes) matrix.values(), column, columns)));
    }
    return tensors;
  }

  private static Nodes column(Nodes values, int column, int columns) {
    List<JsonNode> found = new ArrayList<>();
    for (int i = column; i < values.size(); i += columns) {
      found.add(values.nodes().get(i));
    }
    return new Nodes(found);
  }
}
