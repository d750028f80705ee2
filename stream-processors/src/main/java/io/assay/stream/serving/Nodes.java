package io.assay.stream.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Elements that came as JSON, and are written as they came. */
record Nodes(List<JsonNode> nodes) implements Values {
  Nodes {
    nodes = List.copyOf(nodes);
  }

  /** One behind the other, out of lists of lists. */
  static Nodes flat(JsonNode data) {
    List<JsonNode> out = new ArrayList<>();
    flatten(data, out);
    return new Nodes(out);
  }

  private static void flatten(JsonNode data, List<JsonNode> out) {
    if (data.isArray()) {
      data.values().forEach(inner -> flatten(inner, out));
    } else {
      out.add(data);
    }
  }

  /** A list of which each element is a row, whatever it is made of. */
  static Tensor rows(String name, JsonNode list) {
    List<JsonNode> rows = List.copyOf(list.values());
    return new Tensor(name, List.of(rows.size()), new Nodes(rows));
  }

  /** A list's rows; of a single value that value, without rows. */
  static Tensor rowsOrOne(String name, JsonNode node) {
    return node.isArray()
        ? rows(name, node)
        : new Tensor(name, List.of(), new Nodes(List.of(node)));
  }

  /** The rows' objects, where each is one. */
  Optional<JsonNode> object(int row) {
    return Optional.of(nodes.get(row)).filter(JsonNode::isObject);
  }

  @Override
  public int size() {
    return nodes.size();
  }

  @Override
  public void write(int index, JsonGenerator json) {
    json.writeTree(nodes.get(index));
  }
}
