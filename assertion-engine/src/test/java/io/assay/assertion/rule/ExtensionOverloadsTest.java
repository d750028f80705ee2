package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.function.AssayFunction;
import io.assay.assertion.function.Extensions;
import io.assay.assertion.function.FunctionProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionOverloadsTest {
  private static final String RULES =
      """
      stream s from topic "t" { key k string  time at timestamp  x double }
      assertion a on s { expect %s < 2.0 }
      """;

  /** Takes a name that is taken. */
  public static final class Clash implements FunctionProvider {
    @AssayFunction(meaning = "another iou", version = 1)
    public static double iou(double a) {
      return a;
    }

    @AssayFunction(meaning = "another clusters", version = 1)
    public static double clusters(double a) {
      return a;
    }
  }

  @TempDir Path folder;

  @Test
  void theLanguagesNamesStayItsOwn() throws IOException {
    assertThat(withProvider(Clash.class.getName(), RULES.formatted("x")))
        .extracting(Issue::message)
        .containsExactlyInAnyOrder(
            "an extension cannot add 'iou': the language has a function of this name",
            "an extension cannot add 'clusters': the language has a function of this name");
  }

  @Test
  void aProviderThatIsNotThereIsTold() throws IOException {
    assertThat(withProvider("com.example.Gone", RULES.formatted("x")))
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.code()).isEqualTo(IssueCode.UNKNOWN_FUNCTION);
              assertThat(issue.message()).contains("com.example.Gone");
            });
  }

  @Test
  void anotherVersionIsAnotherJudgement() {
    String hash = hash("trial_geometric(x, x)");
    assertThat(hash).isEqualTo(hash("trial_geometric(x, x)")).isNotEqualTo(hash("x"));
    assertThat(FunctionCatalogue.installed().named("trial_geometric"))
        .extracting(Overload::id)
        .containsExactly("trial_geometric(double,double)@2");
  }

  @Test
  void theBuiltInFunctionsAndCelStayAsTheyAre() {
    assertThat(FunctionCatalogue.builtIn().names()).noneMatch(n -> n.startsWith("trial_"));
    assertThat(FunctionCatalogue.of(Dialect.CEL).names()).noneMatch(n -> n.startsWith("trial_"));
    assertThat(FunctionCatalogue.installed().names()).contains("trial_square", "iou");
  }

  private static String hash(String expression) {
    return compile(RULES.formatted(expression))
        .rules()
        .orElseThrow()
        .assertions()
        .getFirst()
        .judgementHash();
  }

  private static Compilation compile(String rules) {
    return new RuleCompiler().compile(List.of(new SourceFile("test.assay", rules)));
  }

  /** What is said of rules where a provider of this name is on the class path. */
  private List<Issue> withProvider(String name, String rules) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(FunctionProvider.class.getName()), name);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      assertThat(Extensions.installed().functions()).extracting(f -> f.name()).isNotEmpty();
      return compile(rules).issues();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
