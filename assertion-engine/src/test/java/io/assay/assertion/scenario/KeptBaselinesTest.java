package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Windows held against files beside the rules, and against windows pinned there. */
class KeptBaselinesTest {
  private static final String MAY =
      """
      {"applicant":"a","at":1,"region":"north","score":0.1}

      {"applicant":"b","at":2,"region":"north","score":0.2}
      {"applicant":"c","at":3,"region":"south","score":0.8}
      {"applicant":"d","at":4,"region":"south","score":0.9}
      """;

  private static Outcome run(Map<String, String> files, String assertion, String expected) {
    String text =
        """
        stream loans from topic "t" {
          key    applicant string
          time   at timestamp(millis)
          region string
          score  ratio
        }

        assertion moved on loans {
          %s
        }

        test moved "as before in the north, not in the south" {
          given  loans every 10s applicant "p" region "north" score cycle(0.1, 0.2)
          given  loans every 10s applicant "q" region "south" score 0.1
          given  loans every 10s applicant "z" region "west" score 0.1 at timestamp("2026-01-01T02:00:00Z")
          seen   "1111"
          %s
        }
        """
            .formatted(assertion, expected);
    Compilation compiled =
        new RuleCompiler().compile(List.of(new SourceFile("rules/a.assay", text)));
    CheckedRules rules = compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues()));
    Attachments attachments =
        (source, name) -> {
          assertThat(source).isEqualTo("rules/a.assay");
          String file = files.get(name);
          if (file == null) {
            throw new NoSuchFileException(name);
          }
          return new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
        };
    return new RuleTests(rules, attachments).run(rules.tests().getFirst());
  }

  private static String cameOf(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).differences().getFirst().came();
  }

  @Test
  void aFileIsReadOnceAndSegmentsAreHeldAgainstThemselves() {
    String rule = "by region window tumbling 1h expect ks(score, baseline(\"may.jsonl\")) < 0.5";
    assertThat(run(Map.of("may.jsonl", MAY), rule, "expect 1 violations"))
        .isEqualTo(new Outcome.Passed());
  }

  @Test
  void aPinnedWindowIsAFileOfItsName() {
    String rule = "by region window tumbling 1h expect ks(score, baseline(\"2026-05\")) < 0.5";
    assertThat(run(Map.of("baselines/2026-05.jsonl", MAY), rule, "expect 1 violations"))
        .isEqualTo(new Outcome.Passed());
  }

  @Test
  void windowsThatBeginAnywhereAreHeldAgainstFilesToo() {
    String ks = "expect ks(score, baseline(\"may.jsonl\")) < 0.5";
    assertThat(run(Map.of("may.jsonl", MAY), "window session 30s " + ks, "expect 1 violations"))
        .isEqualTo(new Outcome.Passed());
    // nothing is known of the west
    assertThat(
            run(
                Map.of("may.jsonl", MAY),
                "by region window last 2 events " + ks,
                "expect undecided"))
        .isEqualTo(new Outcome.Passed());
  }

  @Test
  void theFileIsGoneThroughWhere() {
    String rule =
        "where score > 0.95 window tumbling 1h expect ks(score, baseline(\"may.jsonl\")) < 0.5";
    assertThat(run(Map.of("may.jsonl", MAY), rule, "expect silence"))
        .isEqualTo(new Outcome.Passed());
  }

  @Test
  void aFileThatIsNotThereIsAnError() {
    String rule = "window tumbling 1h expect ks(score, baseline(\"june.jsonl\")) < 0.5";
    assertThat(cameOf(run(Map.of(), rule, "expect silence")))
        .isEqualTo("an error: the baseline \"june.jsonl\" cannot be read: june.jsonl");
  }

  @Test
  void aLineThatIsNoEventIsAnErrorWithItsPlace() {
    String rule = "window tumbling 1h expect ks(score, baseline(\"may.jsonl\")) < 0.5";
    assertThat(cameOf(run(Map.of("may.jsonl", MAY + "{\"at\":5}\n"), rule, "expect silence")))
        .startsWith("an error: the baseline \"may.jsonl\" cannot be read: may.jsonl:6: no-key");
  }
}
