package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueCode;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents show is true: every rule in them compiles and passes its tests, and every
 * clause has a page that opens with one. Tests of kinds that are not evaluated yet are pending, and
 * are run from the day they are.
 */
class DocumentedRulesTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Path LANGUAGE = ROOT.resolve("docs/language");
  private static final Pattern ANONYMOUS = block("assay");
  private static final Pattern NAMED = block("assay (\\S+)");
  private static final Pattern LINES = block("jsonl (\\S+)");
  private static final Pattern OPENING = Pattern.compile("# [^\n]+\n\n```assay\n");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");

  private static Pattern block(String fence) {
    return Pattern.compile("^```" + fence + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("examples/README.md")),
              documents.filter(page -> page.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  static List<Path> clauses() throws IOException {
    return pages().stream().filter(page -> page.startsWith(LANGUAGE.resolve("clauses"))).toList();
  }

  static List<Path> pagesWithRules() throws IOException {
    return pages().stream().filter(page -> !ruleSets(text(page)).isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("pagesWithRules")
  void rulesCompileAndPassTheirTests(Path page) {
    Map<String, String> files = files(text(page), LINES);
    for (List<SourceFile> rules : ruleSets(text(page))) {
      Compilation compilation = new RuleCompiler().compile(rules);
      assertThat(compilation.issues())
          .filteredOn(issue -> issue.code() != IssueCode.NOT_YET)
          .extracting(DocumentedRulesTest::print)
          .isEmpty();
      assertThat(failures(compilation.rules().orElseThrow(), files)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("clauses")
  void aClauseOpensWithRulesAndTheirTest(Path page) {
    assertThat(text(page)).containsPattern("\\A" + OPENING.pattern());
    Compilation compilation = new RuleCompiler().compile(ruleSets(text(page)).getFirst());
    assertThat(compilation.rules().orElseThrow().tests()).isNotEmpty();
  }

  /** Whoever adds an evaluator strikes the mark from the pages of its clauses. */
  @ParameterizedTest
  @MethodSource("clauses")
  void aPageSaysWhetherItsRulesAreJudgedYet(Path page) {
    CheckedRules rules =
        new RuleCompiler().compile(ruleSets(text(page)).getFirst()).rules().orElseThrow();
    Map<String, String> files = files(text(page), LINES);
    var tests = new RuleTests(rules, (rule, name) -> open(files, rule, name));
    // Nothing here measures releases; those of embeddings are played where something does.
    boolean pending =
        rules.assertions().stream().allMatch(one -> one.context().releases().isEmpty())
            && rules.tests().stream().anyMatch(test -> tests.run(test) instanceof Outcome.Pending);
    assertThat(text(page).contains("> **Not judged yet.**"))
        .as("'> **Not judged yet.**' stands on the page: %s", page)
        .isEqualTo(pending);
  }

  @Test
  void theIndexNamesEveryPage() throws IOException {
    String index = text(LANGUAGE.resolve("README.md"));
    assertThat(pages())
        .filteredOn(page -> page.startsWith(LANGUAGE) && !page.endsWith("README.md"))
        .extracting(page -> LANGUAGE.relativize(page).toString())
        .filteredOn(page -> page.startsWith("clauses/") || !page.contains("/"))
        .filteredOn(page -> !index.contains("](" + page))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) {
    assertThat(LINK.matcher(text(page)).results().map(link -> link.group(1)))
        .allSatisfy(link -> assertThat(page.resolveSibling(link).normalize()).exists());
  }

  /** A block is a rule set of its own; those that name their files are one together. */
  private static List<List<SourceFile>> ruleSets(String page) {
    List<List<SourceFile>> sets = new ArrayList<>();
    ANONYMOUS
        .matcher(page)
        .results()
        .forEach(rules -> sets.add(List.of(new SourceFile("page", rules.group(1)))));
    List<SourceFile> named = new ArrayList<>();
    files(page, NAMED).forEach((name, rules) -> named.add(new SourceFile(name, rules)));
    if (!named.isEmpty()) {
      sets.add(named);
    }
    return sets;
  }

  private static List<String> failures(CheckedRules rules, Map<String, String> files) {
    var tests = new RuleTests(rules, (rule, name) -> open(files, rule, name));
    return rules.tests().stream()
        .filter(test -> tests.run(test) instanceof Outcome.Failed)
        .map(test -> test.title() + ": " + tests.run(test))
        .toList();
  }

  private static Map<String, String> files(String page, Pattern blocks) {
    Map<String, String> files = new LinkedHashMap<>();
    blocks.matcher(page).results().forEach(file -> files.put(file.group(1), file.group(2)));
    return files;
  }

  private static InputStream open(Map<String, String> files, String rules, String name)
      throws IOException {
    @Nullable String lines = files.get(Path.of(rules).resolveSibling(name).toString());
    if (lines == null) {
      throw new FileNotFoundException(name);
    }
    return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
  }

  private static String print(Issue issue) {
    return "%d:%d: %s %s"
        .formatted(issue.span().line(), issue.span().column(), issue.code(), issue.message());
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
