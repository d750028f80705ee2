package io.assay.stream.serving;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One half of a prediction: what a model was asked, or what it answered.
 *
 * @param id the same in both halves
 * @param at when it was sent
 * @param said by the names that events give them: model, version, service, namespace, endpoint;
 *     only what was said
 * @param details more of the same that is no text: parameters, metadata, annotations
 */
public record Inference(
    Side side,
    String id,
    Instant at,
    Map<String, String> said,
    Map<String, JsonNode> details,
    List<Tensor> tensors) {
  public Inference {
    said = new LinkedHashMap<>(said);
    details = new LinkedHashMap<>(details);
    tensors = List.copyOf(tensors);
  }
}
