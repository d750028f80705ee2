package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user reads for a mistake: a rule text, a line of dashes, the issues as they are shown. Run
 * with {@code -Dassay.golden=write} to write them anew, then read every change as its user would.
 */
class GoldenTest {
  private static final String SEPARATOR = "----\n";

  static Stream<Path> syntax() throws IOException {
    return files("syntax");
  }

  static Stream<Path> check() throws IOException {
    return files("check");
  }

  private static Stream<Path> files(String folder) throws IOException {
    Path golden =
        Path.of(
                System.getProperty("assay.root", ".."),
                "assertion-engine/src/test/resources/golden")
            .resolve(folder);
    List<Path> files;
    try (Stream<Path> found = Files.list(golden)) {
      files = found.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("syntax")
  void syntaxErrorsReadAsTheirUserNeeds(Path file) {
    compare(
        file,
        source -> {
          var issues = new ArrayList<Issue>();
          RuleParser.parse(source, issues::add);
          return issues;
        });
  }

  @ParameterizedTest
  @MethodSource("check")
  void checkedErrorsReadAsTheirUserNeeds(Path file) {
    compare(file, source -> new RuleCompiler().compile(List.of(source)).issues());
  }

  private interface Reader {
    List<Issue> issues(SourceFile source);
  }

  private static void compare(Path file, Reader reader) {
    try {
      String golden = Files.readString(file);
      int cut = golden.indexOf(SEPARATOR);
      String text = cut < 0 ? golden : golden.substring(0, cut);
      var source = new SourceFile("rules.assay", text);
      String shown = new IssueRenderer(List.of(source)).render(reader.issues(source));
      if (System.getProperty("assay.golden", "").equals("write")) {
        Files.writeString(file, text + SEPARATOR + shown);
      }
      assertThat(text + SEPARATOR + shown).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
