package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.scenario.Outcome;
import io.assay.assertion.scenario.RuleTests;
import io.assay.stream.contract.RuleContent;
import io.assay.web.sink.JudgedStreet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the engine finds on a street becomes tests that it passes. */
class TestOfEvidenceTest {
  @Test
  void theEvidenceFiresAgainAsATest() throws IOException {
    String rules =
        Files.readString(
            Path.of(System.getProperty("assay.root", "..")).resolve("examples/street.assay"));
    CheckedRules checked = compile(rules).rules().orElseThrow();
    Map<String, Violation> firsts = new LinkedHashMap<>();
    JudgedStreet.drive("default", 7, Instant.parse("2026-03-01T12:00:00Z"), 900)
        .violations()
        .forEach(violation -> firsts.putIfAbsent(violation.assertion(), violation));
    var text = new StringBuilder(rules);
    firsts
        .values()
        .forEach(
            violation ->
                text.append('\n')
                    .append(
                        TestOfEvidence.of(
                            checked::stream,
                            JsonMapper.shared().readTree(ViolationJson.write(violation)))));
    Compilation with = compile(text.toString());
    assertThat(with.hasErrors()).as(with.issues().toString()).isFalse();
    CheckedRules all = with.rules().orElseThrow();
    List<CheckedTest> made = all.tests().subList(checked.tests().size(), all.tests().size());
    assertThat(made).hasSameSizeAs(firsts.values());
    List<String> passed = new ArrayList<>();
    var tests = new RuleTests(all, TestOfEvidenceTest::noFile);
    for (CheckedTest test : made) {
      if (tests.run(test) instanceof Outcome.Passed) {
        passed.add(test.assertion());
      }
    }
    assertThat(passed)
        .contains("flicker", "flicker_untracked", "multibox", "no_jump", "stable_label");
  }

  @Test
  void anAssertionsTextEndsWhereItsBraceDoes() {
    String text =
        """
        # assertion jump on camera { not this }
        assertion jumper on camera { expect a > 1 }
        assertion jump on camera "a } in a text" {
          expect  a > 1  // and a } in a comment
          explain "{a} was seen"
        }
        test jump "x" { given camera every 1s expect silence }
        """;
    var content = new RuleContent(List.of(new SourceFile("a.assay", text)), Map.of());
    AssertionText found = AssertionText.of(content, "jump").orElseThrow();
    assertThat(found.line()).isEqualTo(3);
    assertThat(found.text()).startsWith("assertion jump on camera \"a }").endsWith("seen\"\n}");
    assertThat(AssertionText.of(content, "jum")).isEmpty();
  }

  private static InputStream noFile(String beside, String name) throws IOException {
    throw new NoSuchFileException(name);
  }

  private static Compilation compile(String text) {
    return new RuleCompiler().compile(List.of(new SourceFile("street.assay", text)));
  }
}
