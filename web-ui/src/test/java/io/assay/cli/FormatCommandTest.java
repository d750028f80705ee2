package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCommandTest {
  private static final String WRITTEN = "param T=4 # frames\nparam LONG = T+1\n";
  private static final String LAID_OUT =
      """
      param T    = 4                                # frames
      param LONG = T + 1
      """;

  @TempDir Path folder;

  @Test
  void aFileIsLaidOutInItsPlaceAndNamed() throws IOException {
    Path file = file("a.assay", WRITTEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    CommandLineRun run = CommandLineRun.of("fmt", file.toString());

    assertThat(run).isEqualTo(new CommandLineRun(0, file + "\n", ""));
    assertThat(file).hasContent(LAID_OUT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(CommandLineRun.of("fmt", file.toString())).isEqualTo(new CommandLineRun(0, "", ""));
  }

  @Test
  void checkNamesWhatDiffersAndChangesNothing() throws IOException {
    Path differs = file("a.assay", WRITTEN);
    file("b.assay", LAID_OUT);

    CommandLineRun run = CommandLineRun.of("fmt", "--check", folder.toString());

    assertThat(run).isEqualTo(new CommandLineRun(1, differs + "\n", ""));
    assertThat(differs).hasContent(WRITTEN);
  }

  @Test
  void aFileWithErrorsIsLeftAsItIsAndTheOthersAreDone() throws IOException {
    Path broken = file("a.assay", "param T = = 4\n");
    Path other = file("b.assay", WRITTEN);

    CommandLineRun run = CommandLineRun.of("fmt", folder.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith(broken + ":1:11: error[A0101]: ");
    assertThat(broken).hasContent("param T = = 4\n");
    assertThat(other).hasContent(LAID_OUT);
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = file("a.assay", WRITTEN);
    Path link = Files.createSymbolicLink(folder.resolve("link.assay"), file);

    assertThat(CommandLineRun.of("fmt", link.toString()).status()).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent(LAID_OUT);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(file, link);
    }
  }

  @Test
  void standardInputGoesToStandardOutput() {
    assertThat(fromInput(WRITTEN, "fmt", "-")).isEqualTo(new CommandLineRun(0, LAID_OUT, ""));
    assertThat(fromInput(WRITTEN, "fmt", "--check", "-"))
        .isEqualTo(new CommandLineRun(1, "<standard input>\n", ""));
    CommandLineRun wrong = fromInput("param", "fmt", "-");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).startsWith("<standard input>:1:6: error[A0101]: ");
  }

  private static CommandLineRun fromInput(String text, String... args) {
    InputStream usual = System.in;
    try {
      System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      return CommandLineRun.of(args);
    } finally {
      System.setIn(usual);
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
