package io.assay.stream.serving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What stands in a request's or a response's bytes.
 *
 * @param side where the bytes tell it
 * @param id, model, version: empty where they are not said
 */
record Body(
    Optional<Side> side,
    String id,
    String model,
    String version,
    Map<String, JsonNode> parameters,
    List<Tensor> tensors) {
  Body {
    tensors = List.copyOf(tensors);
    parameters = Map.copyOf(parameters);
  }
}
