package io.assay.cli;

import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.Span;
import io.assay.cli.RuleSets.RuleSet;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a check found, for editors and build servers. */
final class CheckJson {
  private CheckJson() {}

  static void write(List<RuleSet> sets, PrintWriter out) {
    List<Issue> issues = sets.stream().flatMap(s -> s.compilation().issues().stream()).toList();
    long errors = issues.stream().filter(Issue::isError).count();
    try (JsonGenerator json = JsonOutput.to(out)) {
      json.writeStartObject();
      json.writeNumberProperty("files", sets.stream().mapToInt(s -> s.sources().size()).sum());
      json.writeNumberProperty("errors", errors);
      json.writeNumberProperty("warnings", issues.size() - errors);
      json.writeArrayPropertyStart("issues");
      for (RuleSet set : sets) {
        set.compilation().issues().forEach(issue -> write(issue, set.sources(), json));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(Issue issue, List<SourceFile> sources, JsonGenerator json) {
    Span span = issue.span();
    json.writeStartObject();
    json.writeStringProperty("file", span.source());
    json.writeStringProperty("severity", issue.code().severity().toString());
    json.writeStringProperty("code", issue.code().code());
    json.writeStringProperty("message", issue.message());
    issue.suggestion().ifPresent(s -> json.writeStringProperty("suggestion", s));
    json.writeNumberProperty("line", span.line());
    json.writeNumberProperty("column", span.column());
    String marked =
        sources.stream()
            .filter(s -> s.name().equals(span.source()) && span.end() <= s.text().length())
            .map(s -> s.text().substring(span.start(), span.end()))
            .findFirst()
            .orElse("");
    int lines = (int) marked.chars().filter(c -> c == '\n').count();
    int last = marked.codePointCount(marked.lastIndexOf('\n') + 1, marked.length());
    json.writeNumberProperty("endLine", span.line() + lines);
    json.writeNumberProperty("endColumn", lines == 0 ? span.column() + last : last + 1);
    json.writeEndObject();
  }
}
