package io.assay.bench.stream;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.StreamProcessors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The product: ten assertions about every event. */
final class JudgedSubject implements Subject {
  private final StreamProcessors processors;
  private final ProcessorSettings settings;

  JudgedSubject(String input, ProcessorSettings settings) {
    this.settings = settings;
    this.processors = StreamProcessors.start(rules(input), settings);
  }

  private static CheckedRules rules(String input) {
    String text = text().replace("TOPIC", input);
    Compilation compiled =
        new RuleCompiler().compile(List.of(new SourceFile("camera.assay", text)));
    return compiled
        .rules()
        .orElseThrow(() -> new IllegalStateException(compiled.issues().toString()));
  }

  private static String text() {
    try (InputStream text = JudgedSubject.class.getResourceAsStream("camera.assay")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public long processed() {
    return processors.status().getFirst().figures().events();
  }

  long violations() {
    return processors.status().getFirst().figures().violations();
  }

  @Override
  public String output() {
    return settings.topics().violations();
  }

  @Override
  public void close() {
    processors.close();
  }
}
