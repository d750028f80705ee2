package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.canonical.CanonicalRules;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalCommandTest {
  private static final String RULES =
      """
      param least = 0.5
      stream s from topic "t" { key k string  time at timestamp  x double }
      assertion a on s { expect x > least }
      """;

  @TempDir Path folder;

  @Test
  void theRulesAreOneLineThatReadsBack() throws IOException {
    Path file = Files.writeString(folder.resolve("a.assay"), RULES);
    CommandLineRun run = CommandLineRun.of("canonical", file.toString());
    assertThat(run.status()).isZero();
    assertThat(run.out().lines()).hasSize(1);
    CheckedRules read = CanonicalRules.read(run.out());
    assertThat(run.out())
        .contains(read.documentHash(), read.assertions().getFirst().judgementHash());

    CommandLineRun set = CommandLineRun.of("canonical", file.toString(), "--set", "least=0.25");
    CheckedRules other = CanonicalRules.read(set.out());
    assertThat(other.documentHash()).isEqualTo(read.documentHash());
    assertThat(other.assertions().getFirst().judgementHash())
        .isNotEqualTo(read.assertions().getFirst().judgementHash());
  }

  @Test
  void mistakesLeaveStandardOutputEmpty() throws IOException {
    Path file = Files.writeString(folder.resolve("a.assay"), RULES.replace("x > ", "y > "));
    CommandLineRun run = CommandLineRun.of("canonical", file.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("unknown name 'y'");
  }
}
