package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user reads for a mistake: a rule text, a line of dashes, the issues as they are shown. Run
 * with {@code -Dassay.golden=write} to write them anew, then read every change as its user would.
 *
 * <p>A text that begins with {@code # with street.assay} is compiled together with that file, which
 * stands beside the folders; one with lines {@code ==== name.assay} is several files.
 */
class GoldenTest {
  private static final Set<IssueCode> ELSEWHERE =
      EnumSet.of(IssueCode.UNKNOWN_PARAMETER, IssueCode.TOO_MUCH, IssueCode.STALE_USUAL);

  private static final String SEPARATOR = "----\n";
  private static final Path GOLDEN =
      Path.of(System.getProperty("assay.root", ".."), "assertion-engine/src/test/resources/golden");
  private static final String WITH = "# with street.assay";
  private static final Pattern FILE = Pattern.compile("(?m)^==== (\\S+)\n");
  private static final Pattern NOT_OURS =
      Pattern.compile(
          "\\b(a long|null pointer|Optional|Java|java|ANTLR|token|exception|an uint|a int|a"
              + " enum)\\b");

  static Stream<Path> syntax() throws IOException {
    return files(parent -> parent.equals("syntax"));
  }

  static Stream<Path> compiled() throws IOException {
    return files(parent -> !parent.equals("syntax"));
  }

  private static Stream<Path> files(Predicate<String> folder) throws IOException {
    try (Stream<Path> found = Files.walk(GOLDEN, 2)) {
      return found
          .filter(f -> f.toString().endsWith(".txt"))
          .filter(f -> folder.test(Objects.requireNonNull(f.getParent()).getFileName().toString()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("syntax")
  void syntaxErrorsReadAsTheirUserNeeds(Path file) {
    compare(
        file,
        sources -> {
          var issues = new ArrayList<Issue>();
          sources.forEach(source -> RuleParser.parse(source, issues::add));
          return issues;
        });
  }

  @ParameterizedTest
  @MethodSource("compiled")
  void mistakesReadAsTheirUserNeeds(Path file) {
    compare(file, sources -> new RuleCompiler().compile(sources).issues());
  }

  @Test
  void everyCodeHasAMistakeHere() throws IOException {
    var text = new StringBuilder();
    for (Path file : files(folder -> true).toList()) {
      text.append(Files.readString(file));
    }
    assertThat(IssueCode.values())
        .filteredOn(code -> !ELSEWHERE.contains(code))
        .as(
            "--set is shown by RuleCompilerTest, files of too much by LargeTextTest, what was"
                + " learned before by UsualLearningTest")
        .allSatisfy(code -> assertThat(text).contains("[" + code.code() + "]"));
  }

  @Test
  void thereAreMistakesEnough() throws IOException {
    assertThat(files(folder -> true)).hasSizeGreaterThanOrEqualTo(140);
  }

  private interface Reader {
    List<Issue> issues(List<SourceFile> sources);
  }

  private static void compare(Path file, Reader reader) {
    assertThatCode(() -> compareOrThrow(file, reader)).as("%s", file).doesNotThrowAnyException();
  }

  private static void compareOrThrow(Path file, Reader reader) throws IOException {
    String golden = Files.readString(file);
    int cut = golden.indexOf("\n" + SEPARATOR) + 1;
    String text = cut == 0 ? golden : golden.substring(0, cut);
    List<SourceFile> sources = sources(text);
    List<Issue> issues =
        reader.issues(sources).stream().filter(issue -> !isUnusedBeside(issue)).toList();
    String shown = new IssueRenderer(sources).render(issues);
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.writeString(file, text + SEPARATOR + shown);
    }
    assertThat(text + SEPARATOR + shown).isEqualTo(Files.readString(file));
    assertThat(issues).as("a golden file shows a mistake").isNotEmpty();
    assertThat(issues)
        .allSatisfy(issue -> assertThat(issue.message()).doesNotContainPattern(NOT_OURS));
  }

  private static List<SourceFile> sources(String text) {
    var sources = new ArrayList<SourceFile>();
    if (text.startsWith(WITH)) {
      sources.add(new SourceFile("street.assay", read(GOLDEN.resolve("street.assay"))));
    }
    Matcher heading = FILE.matcher(text);
    if (!heading.find()) {
      sources.add(new SourceFile("rules.assay", text));
      return sources;
    }
    List<String> texts = Arrays.asList(FILE.split(text)).subList(1, FILE.split(text).length);
    for (String each : texts) {
      sources.add(new SourceFile(heading.group(1), each));
      heading.find();
    }
    return sources;
  }

  /** A mistake needs few of the streams that stand beside it. */
  private static boolean isUnusedBeside(Issue issue) {
    return issue.code() == IssueCode.UNUSED_STREAM && issue.span().source().equals("street.assay");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
