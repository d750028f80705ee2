package io.assay.web.labels;

import io.assay.assertion.Violation;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a label comes from, as every export says it: by what rule, by whom, of what it speaks. */
final class Provenance {
  private Provenance() {}

  /** One flat object, but for the scope. */
  static ObjectNode of(ExportSample sample) {
    LabelledSample source = sample.source();
    Violation flagged = source.flagged();
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("project", flagged.project());
    json.put("assertion", flagged.assertion());
    json.put("judgement_hash", flagged.judgementHash());
    json.put("episode", flagged.episode());
    json.put("violation", flagged.id());
    json.put("prediction", source.prediction());
    json.put("model_version", flagged.modelVersion().orElse(""));
    json.put("verdict", source.verdict().word());
    json.put("decision", source.decision().word());
    json.put("standing", source.standing().name().toLowerCase(Locale.ROOT));
    json.put("weight", source.weight().value());
    json.put("weight_source", source.weight().source().word());
    json.put("reviewer", source.reviewer());
    json.put("decided_at", source.decidedAt().map(Instant::toString).orElse(""));
    ObjectNode scope = json.putObject("scope");
    scope.put("subject_only", source.scope().subjectOnly());
    fill(scope.putArray("classes"), source.scope().sortedClasses());
    fill(scope.putArray("fields"), source.scope().sortedFields());
    return json;
  }

  private static void fill(ArrayNode array, Iterable<String> texts) {
    texts.forEach(array::add);
  }
}
