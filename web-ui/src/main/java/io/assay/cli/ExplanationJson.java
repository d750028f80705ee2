package io.assay.cli;

import io.assay.assertion.explain.Explanation;
import io.assay.assertion.explain.StateSize;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Explanations for other programs: a list, also of one. */
final class ExplanationJson {
  private ExplanationJson() {}

  static void write(List<Explanation> explanations, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartArray();
      explanations.forEach(explanation -> write(explanation, json));
      json.writeEndArray();
    }
    out.println();
  }

  private static void write(Explanation explanation, JsonGenerator json) {
    CheckedAssertion assertion = explanation.assertion();
    json.writeStartObject();
    json.writeStringProperty("name", assertion.name());
    assertion.title().ifPresent(title -> json.writeStringProperty("title", title));
    json.writeStringProperty("file", assertion.span().source());
    json.writeNumberProperty("line", assertion.span().line());
    json.writeStringProperty("stream", assertion.on().name());
    json.writeStringProperty("kind", assertion.kind().word());
    assertion.pendingClause().ifPresent(c -> json.writeStringProperty("pending", c));
    json.writeStringProperty("level", word(assertion.level()));
    json.writeStringProperty("mode", word(assertion.mode()));
    explanation.owner().ifPresent(owner -> json.writeStringProperty("owner", owner));
    strings("tags", assertion.documentation().tags(), json);
    assertion.documentation().runbook().ifPresent(r -> json.writeStringProperty("runbook", r));
    strings("sentences", explanation.sentences(), json);
    json.writeObjectPropertyStart("reads");
    explanation.reads().forEach((stream, paths) -> strings(stream, paths, json));
    json.writeEndObject();
    state(explanation.state(), json);
    cost(explanation, json);
    json.writeStringProperty("documentHash", explanation.documentHash());
    json.writeStringProperty("judgementHash", assertion.judgementHash());
    json.writeEndObject();
  }

  private static void state(StateSize state, JsonGenerator json) {
    json.writeObjectPropertyStart("state");
    json.writeNumberProperty("bytes", state.total());
    json.writeNumberProperty("own", state.own());
    json.writeNumberProperty("events", state.events());
    json.writeNumberProperty("stream", state.stream());
    json.writeNumberProperty("segment", state.segment());
    json.writeStringProperty("bound", state.bound());
    json.writeEndObject();
  }

  private static void cost(Explanation explanation, JsonGenerator json) {
    json.writeObjectPropertyStart("cost");
    json.writeNumberProperty("steps", explanation.steps());
    json.writeStringProperty("formula", explanation.cost().formula());
    json.writeStringProperty("growth", explanation.cost().growth());
    json.writeEndObject();
    json.writeObjectPropertyStart("supposed");
    json.writeNumberProperty("perSecond", explanation.load().perSecond());
    json.writeNumberProperty("elements", explanation.load().elements());
    json.writeNumberProperty("textBytes", explanation.load().text());
    json.writeEndObject();
  }

  private static void strings(String name, List<String> values, JsonGenerator json) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
