package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page shows behind {@code $ ./assay …} is what comes, where it needs only the examples. */
class DocumentedRunsTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Pattern RUN =
      Pattern.compile("(?m)^ {4}\\$ \\./assay (.*)\\n((?:(?: {4}.*)?\\n)*)");

  record Run(String page, List<String> arguments, String output) {
    @Override
    public String toString() {
      return page + ": " + String.join(" ", arguments);
    }
  }

  static Stream<Run> runs() throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String page : List.of("comparing.md")) {
      Matcher run = RUN.matcher(Files.readString(ROOT.resolve("docs").resolve(page)));
      while (run.find()) {
        runs.add(new Run(page, List.of(run.group(1).split(" ")), run.group(2)));
      }
    }
    return runs.stream();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void printsWhatThePageShows(Run run) {
    String[] arguments =
        run.arguments().stream()
            .map(word -> word.replace("examples/", ROOT.resolve("examples") + "/").replace("'", ""))
            .toArray(String[]::new);

    String shown = run.output().replaceAll("(?m)^ {4}", "").stripTrailing() + "\n";
    String printed = CommandLineRun.of(arguments).out();

    assertThat(printed.replace(ROOT.resolve("examples") + "/", "examples/"))
        .isEqualToNormalizingNewlines(shown);
  }
}
