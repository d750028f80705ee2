package io.assay.assertion.scenario;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.rule.ir.CheckedTest.Given;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.assertion.scenario.Outcome.Difference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A test of an assertion that compares releases: its rows, played. */
final class ReleaseTest {
  private final CheckedTest test;
  private final Attachments attachments;
  private final ReleaseRow.Reader reader;
  private final Releases releases;
  private final TestVerdicts verdicts;
  private final List<Difference> problems = new ArrayList<>();
  private long rows;
  private Optional<Long> start = Optional.empty();

  private ReleaseTest(
      CheckedTest test,
      CheckedRules alone,
      Embeddings embeddings,
      String project,
      Attachments attachments,
      ReleaseMeasures measures) {
    this.test = test;
    this.attachments = attachments;
    this.reader = new ReleaseRow.Reader(embeddings);
    this.releases = new Releases(alone, embeddings, project, measures);
    this.verdicts = new TestVerdicts(test.assertion());
  }

  static List<Difference> play(
      CheckedTest test,
      CheckedRules alone,
      Embeddings embeddings,
      String project,
      Attachments attachments,
      ReleaseMeasures measures) {
    var played = new ReleaseTest(test, alone, embeddings, project, attachments, measures);
    test.given().forEach(played::play);
    if (played.rows == 0 && played.problems.isEmpty()) {
      return List.of(new Difference(test.span(), "one row or more", "none"));
    }
    if (!played.problems.isEmpty()) {
      return List.of(played.problems.getFirst());
    }
    played.releases.finish(played.verdicts);
    return new Comparison(played.verdicts, played.start.orElse(0L)).differences(test.expected());
  }

  private void play(Given given) {
    switch (given) {
      case Given.Pattern pattern -> make(pattern);
      case Given.Lines lines -> read(lines);
    }
  }

  private void make(Given.Pattern pattern) {
    var line = new AtomicLong();
    try {
      new PatternEvents(pattern, test.title(), test.given().indexOf(pattern))
          .forEach(made -> take(pattern, made, "given:" + line.incrementAndGet()));
    } catch (IllegalArgumentException e) {
      needed(pattern, "rows that can be made", String.valueOf(e.getMessage()));
    }
  }

  private void read(Given.Lines lines) {
    try (InputStream in = attachments.open(test.span().source(), lines.file())) {
      var file = new JsonLines(in);
      for (byte[] line = file.next(); line != null; line = file.next()) {
        if (!LinePayloads.isBlank(line)) {
          take(lines, line, lines.file() + ":" + file.number());
        }
      }
    } catch (IOException | UncheckedIOException e) {
      needed(lines, "the file \"" + lines.file() + "\"", String.valueOf(e.getMessage()));
    }
  }

  private void take(Given given, byte[] payload, String place) {
    if (!problems.isEmpty()) {
      return;
    }
    rows++;
    switch (reader.read(payload)) {
      case ReleaseRow.Item item -> {
        start = Optional.of(Math.min(start.orElse(item.at()), item.at()));
        releases.take(item, verdicts);
      }
      case ReleaseRow.Closed closed -> releases.take(closed, verdicts);
      case ReleaseRow.Broken(var detail) ->
          needed(given, "rows of a release, or its marker", place + ": " + detail);
    }
  }

  private void needed(Given given, String expected, String came) {
    problems.add(new Difference(given.span(), expected, came));
  }
}
