package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.IssueCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplainCommandTest {
  @ParameterizedTest
  @EnumSource
  void printsThePageOfACode(IssueCode code) throws java.io.IOException {
    CommandLineRun run = CommandLineRun.of("explain", code.code());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            Files.readString(
                Path.of(System.getProperty("assay.root", ".."))
                    .resolve("docs/language/messages/" + code.code() + ".md")));
  }

  @Test
  void takesSmallLettersToo() {
    assertThat(CommandLineRun.of("explain", "a0202").out()).startsWith("# A0202\n");
  }

  @Test
  void offersTheNearestForACodeThatDoesNotExist() {
    CommandLineRun run = CommandLineRun.of("explain", "A0299");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("assay: no message has the code A0299; did you mean A0301?\n");
  }

  @Test
  void saysWhatItTakes() {
    CommandLineRun run = CommandLineRun.of("explain", "lable");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("as in A0202, got 'lable'");
  }
}
