package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {
  @TempDir Path folder;

  @Test
  void anExpressionHasATaggedValue() {
    CommandLineRun run = CommandLineRun.of("eval", "[1, 2].map(i, i * 2) == [2, 4] ? 5% : 0");

    assertThat(run.out()).isEqualTo("{\"double\":\"0.05\"}\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void aMistakeIsShownWhereItStands() {
    CommandLineRun run = CommandLineRun.of("eval", "40m + 1s");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("expression:1:1: error[A0303]: '40m' is no unit")
        .contains("did you mean 40metres or 40min?");
  }

  @Test
  void whatHasNoValueSaysWhy() {
    CommandLineRun run = CommandLineRun.of("eval", "1 / 0");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("{\"error\":\"division by zero\"}\n");
  }

  @Test
  void strictIsCelAlone() {
    assertThat(CommandLineRun.of("eval", "--strict", "10% 3").out()).isEqualTo("{\"int\":\"1\"}\n");
    assertThat(CommandLineRun.of("eval", "--strict", "1 + 2.0").status()).isEqualTo(1);
    assertThat(CommandLineRun.of("eval", "1 + 2.0").status()).isZero();
  }

  @Test
  void everyLineOfABatchIsAnsweredByOneLine() throws IOException {
    Path file = folder.resolve("lines.jsonl");
    byte[] broken = {'{', (byte) 0xff, '\n', '\n'};
    Files.write(file, broken);
    Files.writeString(
        file,
        """
        {"expr": "x + 1", "bindings": {"x": {"int": "41"}}}
        {"expr": "x.y", "bindings": {"x.y": {"map": [[{"string": "k"}, {"double": "inf"}]]}}}
        {"expr": "nowhere || true", "unchecked": true}
        {"expr": "nowhere || true"}
        {"expr": "x", "bindings": {"x": {"int": "many"}}}
        {"expr": 5}
        {"expr": "(%s"}
        [1]
        {"expr": "duration('-1500ms')"}\
        """
            .formatted("(".repeat(100_000)),
        StandardCharsets.UTF_8,
        java.nio.file.StandardOpenOption.APPEND);

    CommandLineRun run = CommandLineRun.of("eval", "--batch", file.toString(), "--strict");

    assertThat(run.status()).isZero();
    String[] lines = run.out().split("\n");
    assertThat(lines).hasSize(11);
    assertThat(lines[2]).isEqualTo("{\"int\":\"42\"}");
    assertThat(lines[3]).isEqualTo("{\"map\":[[{\"string\":\"k\"},{\"double\":\"inf\"}]]}");
    assertThat(lines[4]).isEqualTo("{\"bool\":true}");
    assertThat(lines[10]).isEqualTo("{\"duration\":[-1,-500000000]}");
    for (int place : new int[] {0, 1, 5, 6, 7, 8, 9}) {
      assertThat(lines[place]).startsWith("{\"error\":");
    }
  }

  @Test
  void aBindingThatIsNoValueSaysWhatWasNeeded() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("lines.jsonl"),
            """
            {"expr": "x", "bindings": {"x": {"int": "many"}}}
            {"expr": "x", "bindings": {"x": {"int": null}}}
            {"expr": "x", "bindings": {"x": {"bytes": "zz"}}}
            {"expr": "x", "bindings": {"x": {"duration": [1]}}}
            {"expr": "x", "bindings": {"x": {"timestamp": "now"}}}
            {"expr": "x", "bindings": {"x": {"list": [{"bool": "yes"}]}}}
            {"expr": "x", "bindings": {"x": {"map": [[{"int": "1"}]]}}}
            {"expr": "x", "bindings": {"x": {"number": 1}}}
            {"expr": "x", "bindings": {"x": 1}}
            {"expr": "x", "bindings": [1]}
            """);

    String[] lines = CommandLineRun.of("eval", "--batch", file.toString()).out().split("\n");

    assertThat(lines).hasSize(10);
    assertThat(lines[0])
        .isEqualTo(
            "{\"error\":\"binding 'x': needed int such as {\\\"int\\\": \\\"5\\\"},"
                + " got {int=many}\"}");
    assertThat(lines[3]).contains("needed duration such as", "[5, 500000000]");
    assertThat(lines[5]).contains("needed bool such as").doesNotContain("needed list");
    assertThat(lines[7]).contains("'number' is no type of a value; there are bool, int, uint");
    assertThat(lines[9]).contains("bindings").contains("by name");
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("{\"error\":")
                    .doesNotContain("For input string", "out of bounds", "java."));
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    CommandLineRun run = CommandLineRun.of("eval", "--batch", folder.resolve("none").toString());

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("no such file");
  }
}
