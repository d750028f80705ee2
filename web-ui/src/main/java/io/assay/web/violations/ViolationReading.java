package io.assay.web.violations;

import io.assay.web.violations.Features.Feature;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads off a violation's record why it was one, for pages and programs alike. */
@Component
class ViolationReading {
  private final VisibleEvidence visible;
  private final Truths truths;
  private final Neighbourhood around;
  private final JsonMapper json;

  ViolationReading(VisibleEvidence visible, Truths truths, Neighbourhood around, JsonMapper json) {
    this.visible = visible;
    this.truths = truths;
    this.around = around;
    this.json = json;
  }

  /**
   * What there is to tell of a violation.
   *
   * @param record as the engine wrote it, without what may not be seen
   * @param at event time of the deciding event, nanoseconds
   * @param tree the condition's parts, as they lie within each other
   * @param features single values of the deciding event; none for those who see no raw fields
   * @param known what labels say of its events; likewise
   * @param lanes who was seen when
   * @param beyond where there is more to see
   */
  record Read(
      JsonNode record,
      long at,
      Evidence evidence,
      List<ValueTree.Node> tree,
      List<Feature> features,
      List<Truths.Said> known,
      Lanes lanes,
      Beyond beyond) {
    /** How long the violated span is, in nanoseconds. */
    long span() {
      return record.path("to").asLong(0) - record.path("from").asLong(0);
    }

    /** How many events the violated span has. */
    int spanEvents() {
      return record.path("spanEvents").size();
    }
  }

  /** {@code clear}: whether private fields are seen. */
  Read of(String project, StoredViolation stored, boolean clear) {
    ViolationRow row = stored.row();
    JsonNode record = json.readTree(stored.evidence());
    long at = record.path("at").asLong(0);
    Evidence evidence = visible.of(project, record, clear);
    return new Read(
        record,
        at,
        evidence,
        ValueTree.of(evidence.values()),
        clear ? Features.of(evidence) : List.of(),
        clear ? known(project, row, evidence) : List.of(),
        Lanes.of(evidence, at, row.label()),
        Beyond.of(row, evidence));
  }

  private List<Truths.Said> known(String project, ViolationRow row, Evidence evidence) {
    String episode = around.episode(project, row.day(), row.id()).orElse("");
    return truths.of(
        project, evidence.events().stream().map(Evidence.Frozen::id).distinct().toList(), episode);
  }
}
