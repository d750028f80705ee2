package io.assay.assertion.eval.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.assertion.rule.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** CEL's own conformance suite, as far as it needs no protobuf message. */
class ConformanceTest {
  private static final Path CASES =
      Path.of(System.getProperty("assay.shared", "../shared"), "data", "cel", "conformance.jsonl");
  private static final Path DIFFERENCES =
      Path.of(System.getProperty("assay.root", ".."), "docs", "language", "cel-differences.md");
  private static final Set<String> COMPLETE =
      Set.of("integer_math", "fp_math", "lists", "macros", "logic", "string", "timestamps");

  @Test
  void whatDoesNotPassIsListedWithItsReason() throws IOException {
    List<String> cases = cases();
    Set<String> failing =
        cases.stream()
            .filter(line -> !passes(line))
            .map(ConformanceTest::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed =
        Files.readAllLines(DIFFERENCES).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(failing).isEqualTo(listed);
    assertThat(failing).noneMatch(name -> COMPLETE.contains(name.substring(0, name.indexOf('/'))));
    assertThat(cases.size() - failing.size()).isGreaterThanOrEqualTo(640);
  }

  @Test
  void everyCaseIsAnsweredByAValueOrAnErrorInEitherLanguage() throws IOException {
    var lines = new ExpressionLines(Dialect.ASSAY);
    assertThat(cases()).allSatisfy(line -> assertThat(lines.answer(line)).startsWith("{\""));
  }

  private static List<String> cases() throws IOException {
    assumeTrue(Files.exists(CASES), "the conformance suite is not there: " + CASES);
    return Files.readAllLines(CASES);
  }

  private static String name(String line) {
    Map<?, ?> json = JsonObjects.read(line);
    return "%s/%s/%s".formatted(json.get("file"), json.get("section"), json.get("name"));
  }

  private static boolean passes(String line) {
    Map<?, ?> wanted = JsonObjects.read(line);
    Map<?, ?> answer = JsonObjects.read(new ExpressionLines(Dialect.CEL).answer(line));
    if (wanted.get("error") != null || answer.get("error") != null) {
      return wanted.get("error") != null && answer.get("error") != null;
    }
    Object value = TaggedValues.read(answer);
    Object expected = TaggedValues.read(Objects.requireNonNull(wanted.get("value")));
    return Boxing.typeName(value).equals(Boxing.typeName(expected))
        && (Equality.equal(value, expected) || value.equals(expected));
  }
}
