package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleAssistTest {
  @Test
  void aTestThatReadsAFileBesideTheRulesIsToldByThatFile() throws IOException {
    Path street = Path.of(System.getProperty("assay.root"), "examples", "street.assay");
    var file = new SourceFile("street.assay", Files.readString(street));
    Map<String, Optional<String>> read =
        new RuleCompiler()
            .compile(List.of(file)).rules().orElseThrow().tests().stream()
                .collect(Collectors.toMap(CheckedTest::title, RuleAssist::unkeptFile));
    assertThat(read.get("behind a nearer car for two frames")).contains("street/hidden.jsonl");
    assertThat(read.get("gone for one frame")).isEmpty();
  }
}
