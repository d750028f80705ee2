package io.assay.stream.serving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request and its response, made into the events that a stream's mapping reads. */
public final class PredictionEvents {
  /** A request of more rows than this is one event. */
  static final int MOST_ROWS = 10_000;

  private PredictionEvents() {}

  /** The events, or that there is no room for them. */
  public sealed interface Made {
    record Events(List<byte[]> json) implements Made {
      public Events {
        json = List.copyOf(json);
      }
    }

    /**
     * @param detail for people
     */
    record TooLarge(String detail) implements Made {}
  }

  /**
   * @param rows whether each row of a batch is an event; else, and where tensors have different
   *     first dimensions, there is one with whole tensors
   */
  public static Made of(Inference request, Inference response, boolean rows, Room room) {
    int count = rows ? rows(request, response) : -1;
    int from = count < 0 ? -1 : 0;
    int to = count < 0 ? 0 : count;
    List<byte[]> events = new ArrayList<>();
    long left = room.all();
    for (int row = from; row < to; row++) {
      String id = to - from == 1 ? request.id() : request.id() + '/' + row;
      try {
        events.add(new Event(request, response, row).json(id, room.event()));
      } catch (BoundedBytes.Full full) {
        return new Made.TooLarge(
            "an event may have %d bytes, this one would have more".formatted(room.event()));
      }
      left -= events.getLast().length;
      if (left < 0) {
        return new Made.TooLarge(
            ("the events of a request may have %d bytes together, those of its %d rows would have"
                    + " more; 'per request' makes one event of them")
                .formatted(room.all(), count));
      }
    }
    return new Made.Events(events);
  }

  /** What all tensors have as their first dimension; -1 where they do not agree. */
  private static int rows(Inference request, Inference response) {
    List<Integer> sizes =
        Stream.concat(request.tensors().stream(), response.tensors().stream())
            .map(tensor -> tensor.shape().isEmpty() ? -1 : tensor.shape().getFirst())
            .distinct()
            .toList();
    boolean alike = sizes.size() == 1 && sizes.getFirst() > 0 && sizes.getFirst() <= MOST_ROWS;
    return alike ? sizes.getFirst() : -1;
  }

  /** {@code row}: -1 for all of them. */
  private record Event(Inference request, Inference response, int row) {
    byte[] json(String id, int most) {
      var bytes = new BoundedBytes(most);
      try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
        json.writeStartObject();
        json.writeStringProperty("id", id);
        json.writeStringProperty("at", request.at().toString());
        said().forEach(json::writeStringProperty);
        if (row >= 0) {
          json.writeName("row");
          json.writeNumber(row);
        }
        json.writeName("inputs");
        write(request.tensors(), json);
        json.writeName("outputs");
        write(response.tensors(), json);
        details()
            .forEach(
                (name, node) -> {
                  json.writeName(name);
                  json.writeTree(node);
                });
        json.writeEndObject();
      }
      return bytes.toByteArray();
    }

    /** The answer knows better which model and version it was. */
    private Map<String, String> said() {
      Map<String, String> all = new LinkedHashMap<>(request.said());
      all.putAll(response.said());
      return all;
    }

    private Map<String, JsonNode> details() {
      Map<String, JsonNode> all = new LinkedHashMap<>(response.details());
      request
          .details()
          .forEach(
              (name, node) ->
                  all.merge(
                      name,
                      node,
                      (answered, asked) ->
                          answered instanceof ObjectNode a && asked instanceof ObjectNode b
                              ? b.deepCopy().setAll(a)
                              : asked));
      return all;
    }

    private void write(List<Tensor> tensors, JsonGenerator json) {
      if (tensors.size() == 1 && row >= 0) {
        Optional<JsonNode> object = objectOf(tensors.getFirst());
        if (object.isPresent()) {
          json.writeTree(object.get());
          return;
        }
      }
      json.writeStartObject();
      for (Tensor tensor : tensors) {
        json.writeName(tensor.name());
        if (row < 0) {
          tensor.write(json);
        } else {
          tensor.writeRow(row, json);
        }
      }
      json.writeEndObject();
    }

    /** A row that is an object names its own fields. */
    private Optional<JsonNode> objectOf(Tensor tensor) {
      return tensor.values() instanceof Nodes nodes && tensor.shape().size() == 1
          ? nodes.object(row)
          : Optional.empty();
    }
  }
}
