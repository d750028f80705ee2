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

  /**
   * What joins it to its other half. A transformer of KServe and the predictor behind it say the
   * same id, and are asked different things.
   */
  public String pair() {
    String component = said.getOrDefault("component", "");
    return component.isEmpty() ? id : id + ' ' + component;
  }
}
