package io.assay.web.ingest;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.app.RuleTexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Streams of rule files, read once at the start. */
final class ConfiguredStreams implements DeclaredStreams {
  private final String project;
  private final CheckedRules rules;

  private ConfiguredStreams(String project, CheckedRules rules) {
    this.project = project;
    this.rules = rules;
  }

  /**
   * @throws IllegalArgumentException where the rules have errors, with all of them
   */
  static ConfiguredStreams read(String project, Path path) {
    List<SourceFile> sources = RuleTexts.read(path);
    Compilation compiled = new RuleCompiler().compile(sources);
    CheckedRules rules =
        compiled
            .rules()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the rules at %s have errors:%n%s"
                            .formatted(
                                path, new IssueRenderer(sources).render(compiled.issues()))));
    return new ConfiguredStreams(project, rules);
  }

  @Override
  public Optional<Declared> find(String asked, String name) {
    return asked.equals(project) ? Declared.of(rules, name) : Optional.empty();
  }

  @Override
  public List<String> names(String asked) {
    return asked.equals(project)
        ? rules.streams().stream().map(StreamType::name).toList()
        : List.of();
  }
}
