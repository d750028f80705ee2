package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class AssayTest {
  @TempDir Path folder;

  @Test
  void printsItsVersionAsFilledInByTheBuild() {
    CommandLineRun run = CommandLineRun.of("--version");

    assertThat(run.status()).isZero();
    assertThat(run.out()).matches("assay \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void everyCommandExplainsItselfOnStandardOutput(List<String> command) {
    var args = new ArrayList<>(command);
    args.add("--help");

    CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new));

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Usage: assay").contains("--debug", "Exit status");
    assertThat(run.err()).isEmpty();
  }

  static List<List<String>> everyCommand() {
    var quiet = new PrintWriter(Writer.nullWriter());
    List<List<String>> found = new ArrayList<>();
    collect(Assay.commandLine(quiet, quiet), List.of(), found);
    return found;
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
    found.add(path);
    command
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              var longer = new ArrayList<>(path);
              longer.add(name);
              collect(subcommand, longer, found);
            });
  }

  @Test
  void wrongUseIsStatusTwoWithASuggestion() {
    CommandLineRun run = CommandLineRun.of("import", "mott", "x");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("mott", "mot", "See 'assay import --help'.");
  }

  @Test
  void aGroupAloneIsWrongUse() {
    assertThat(CommandLineRun.of("import").status()).isEqualTo(2);
    assertThat(CommandLineRun.of().status()).isEqualTo(2);
  }

  @Test
  void aMissingFileIsStatusThreeWithoutAStackTrace() {
    String missing = folder.resolve("none.txt").toString();

    CommandLineRun run = CommandLineRun.of("import", "mot", missing, "--frames", "1", "--fps", "1");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).isEqualToIgnoringNewLines("assay: no such file or folder: " + missing);
  }

  @Test
  void debugShowsTheStackTrace() {
    String missing = folder.resolve("none.txt").toString();

    CommandLineRun run =
        CommandLineRun.of("import", "mot", missing, "--frames", "1", "--fps", "1", "--debug");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("NoSuchFileException", "at io.assay.imports.");
  }
}
