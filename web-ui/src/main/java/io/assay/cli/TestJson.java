package io.assay.cli;

import io.assay.assertion.scenario.Outcome;
import io.assay.assertion.scenario.Outcome.Difference;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Rule tests as JSON, in the form of {@code docs/test.schema.json}. */
final class TestJson {
  private TestJson() {}

  static void write(List<TestRun> runs, PrintWriter out) {
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeNumberProperty("passed", runs.stream().filter(TestRun::hasPassed).count());
      json.writeNumberProperty("failed", runs.stream().filter(TestRun::hasFailed).count());
      json.writeNumberProperty("pending", runs.stream().filter(TestRun::isPending).count());
      json.writeArrayPropertyStart("tests");
      runs.forEach(run -> write(run, json));
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(TestRun run, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("assertion", run.test().assertion());
    json.writeStringProperty("title", run.test().title());
    json.writeStringProperty("file", run.test().span().source());
    json.writeNumberProperty("line", run.test().span().line());
    json.writeNumberProperty("seconds", run.nanos() / 1e9);
    switch (run.outcome()) {
      case Outcome.Passed ignored -> json.writeStringProperty("outcome", "passed");
      case Outcome.Pending why -> {
        json.writeStringProperty("outcome", "pending");
        json.writeStringProperty("reason", why.reason());
      }
      case Outcome.Failed why -> {
        json.writeStringProperty("outcome", "failed");
        json.writeArrayPropertyStart("differences");
        why.differences().forEach(difference -> write(difference, json));
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }

  private static void write(Difference difference, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("line", difference.span().line());
    json.writeNumberProperty("column", difference.span().column());
    json.writeStringProperty("expected", difference.expected());
    json.writeStringProperty("came", difference.came());
    json.writeEndObject();
  }
}
