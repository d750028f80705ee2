package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about releases of embeddings, which need someone to measure them. */
class DocumentedReleasesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("assay.root", ".."), "docs/language/clauses/embeddings.md");

  private static final Pattern RULES = Pattern.compile("```assay\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROWS = Pattern.compile("```jsonl (\\S+)\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void itsTestsPass() throws IOException {
    Path rules = write();
    CommandLineRun run = CommandLineRun.of("test", rules.toString(), "--fail-on-pending");
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("4 passed");
  }

  /** The second release is accepted, so the third is held against it, and not accepted. */
  @Test
  void aBacktestHoldsEachReleaseAgainstTheLastAcceptedOne() throws IOException {
    Path rules = write();
    Path all = folder.resolve("all.jsonl");
    Files.writeString(
        all, lines("june") + lines("july") + lines("august") + lines("july").replace("-07", "-09"));
    CommandLineRun run =
        CommandLineRun.of(
            "backtest", rules.toString(), "--events", "words=" + all, "--format", "json");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2026-08 against 2026-07")
        .doesNotContain("2026-09 against 2026-08");
    assertThat(run.out()).contains("EIS ");
  }

  /** As live: a draft that objects does not keep a release from being what the next is held to. */
  @Test
  void whereAnAssertionIsActiveDraftsDecideNothing() throws IOException {
    Path rules = write();
    String text = Files.readString(rules);
    Files.writeString(
        rules,
        text
            + """
            assertion holds on words {
              compare    release with previous
              expect     coverage >= 0
              mode       active
            }
            """);
    Path all = folder.resolve("all.jsonl");
    Files.writeString(all, lines("june") + lines("august") + lines("august").replace("-08", "-09"));
    CommandLineRun run =
        CommandLineRun.of(
            "backtest", rules.toString(), "--events", "words=" + all, "--format", "json");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("2026-08 against 2026-06").doesNotContain("2026-09 against");
  }

  /** The last rows of the first release stand among those of the next. */
  @Test
  void theFirstReleaseIsNotCutWhereAnotherBegins() throws IOException {
    Path rules = write();
    String[] june = lines("june").split("\n");
    String[] august = lines("august").split("\n");
    Path all = folder.resolve("all.jsonl");
    var rows = new StringBuilder();
    for (int i = 0; i < june.length; i++) {
      rows.append(june[i]).append('\n');
      if (i >= 4) {
        rows.append(august[i - 4]).append('\n');
      }
    }
    for (int i = june.length - 4; i < august.length; i++) {
      rows.append(august[i]).append('\n');
    }
    Files.writeString(all, rows.toString());
    CommandLineRun run =
        CommandLineRun.of(
            "backtest", rules.toString(), "--events", "words=" + all, "--format", "json");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("2026-08 against 2026-06", "EIS 0.5325");
  }

  @Test
  void rowsThatCannotBeReadAreNoEvents() throws IOException {
    Path rules = write();
    Path rows = folder.resolve("short.jsonl");
    Files.writeString(
        rows,
        lines("june")
            .lines()
            .map(line -> line.replaceAll("\\[[^]]*]", "[1]") + "\n")
            .collect(Collectors.joining()));
    CommandLineRun run =
        CommandLineRun.of(
            "backtest", rules.toString(), "--events", rows.toString(), "--key", "dog");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("no event could be read", "--from, --to and --key do not narrow them");
  }

  private String lines(String release) throws IOException {
    return Files.readString(folder.resolve(release + ".jsonl"));
  }

  private Path write() throws IOException {
    String page = Files.readString(PAGE);
    Matcher rows = ROWS.matcher(page);
    while (rows.find()) {
      Files.writeString(folder.resolve(rows.group(1)), rows.group(2));
    }
    Matcher rules = RULES.matcher(page);
    assertThat(rules.find()).isTrue();
    return Files.writeString(folder.resolve("words.assay"), rules.group(1));
  }
}
