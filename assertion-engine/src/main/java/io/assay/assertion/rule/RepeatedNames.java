package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ast.Declaration.EmbeddingsDecl;
import io.assay.assertion.rule.ast.Declaration.ModelDecl;
import io.assay.assertion.rule.ast.Declaration.ParamDecl;
import io.assay.assertion.rule.ast.Declaration.RouteDecl;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.Declaration.TestDecl;
import io.assay.assertion.rule.ast.Name;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Tells names that are declared twice; the first is the one that counts. */
final class RepeatedNames {
  private static final String STREAM = "stream";

  private final Consumer<Issue> issues;
  private final Map<String, Name> names = new HashMap<>();
  private final Map<Titled, TestDecl> tests = new HashMap<>();
  private final Set<String> streams = new HashSet<>();

  private record Titled(String assertion, String title) {}

  RepeatedNames(Consumer<Issue> issues) {
    this.issues = issues;
  }

  /** Which of the two is meant is not known, hence neither which fields there are. */
  boolean isStream(String name) {
    return streams.contains(name);
  }

  /** Streams and embeddings share their names; tests of one assertion share its name by intent. */
  void name(Declaration declaration) {
    String kind = kind(declaration);
    Name name = declaration.name();
    Name earlier = kind.isEmpty() ? null : names.putIfAbsent(kind + " " + name.text(), name);
    if (earlier != null) {
      if (kind.equals(STREAM)) {
        streams.add(name.text());
      }
      issues.accept(
          new Issue(
              IssueCode.DUPLICATE,
              name.span(),
              "%s '%s' is declared already, at %s:%d"
                  .formatted(kind, name.text(), earlier.span().source(), earlier.span().line()),
              earlier.span().source().equals(name.span().source())
                  ? Optional.empty()
                  : Optional.of("files that are given together share their names")));
    }
  }

  private static String kind(Declaration declaration) {
    return switch (declaration) {
      case TestDecl ignored -> "";
      case ModelDecl ignored -> "model";
      case ParamDecl ignored -> "param";
      case RouteDecl ignored -> "route";
      case AssertionDecl ignored -> "assertion";
      case StreamDecl ignored -> STREAM;
      case EmbeddingsDecl ignored -> STREAM;
    };
  }

  /** Reports know a test by its assertion and title, and generated values are drawn by them. */
  void test(TestDecl test) {
    if (test.damaged()) {
      return;
    }
    TestDecl earlier =
        tests.putIfAbsent(new Titled(test.name().text(), test.title().value()), test);
    if (earlier != null) {
      issues.accept(
          new Issue(
              IssueCode.DUPLICATE,
              test.title().span(),
              "'%s' has a test of this title already, at %s:%d"
                  .formatted(
                      test.name().text(),
                      earlier.title().span().source(),
                      earlier.title().span().line()),
              Optional.of("say what is different here")));
    }
  }
}
