package io.assay.assertion.rule;

import io.assay.assertion.rule.ast.Clause;
import io.assay.assertion.rule.ast.Declaration;
import io.assay.assertion.rule.ast.Declaration.AssertionDecl;
import io.assay.assertion.rule.ast.Declaration.ParamDecl;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ast.RuleFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The numbers of an assertion that may be moved, and its text with one of them moved. */
public final class MovableLimits {
  private MovableLimits() {}

  /**
   * Those of an assertion in the order of its text; none where it holds nothing against a number,
   * or there is no assertion of that name.
   *
   * @param files all of a rule set: a parameter may stand in another file
   * @param given the parameters whose value does not come from the text
   */
  public static List<MovableLimit> of(List<SourceFile> files, Set<String> given, String assertion) {
    List<RuleFile> read = files.stream().map(file -> RuleParser.parse(file, issue -> {})).toList();
    Optional<AssertionDecl> wanted =
        declarations(read, AssertionDecl.class).stream()
            .filter(one -> one.name().text().equals(assertion))
            .findFirst();
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<String, String> texts = new HashMap<>();
    files.forEach(file -> texts.put(file.name(), file.text()));
    Map<String, Expr> params = new HashMap<>();
    declarations(read, ParamDecl.class).forEach(one -> params.put(one.name().text(), one.value()));
    for (Clause clause : wanted.get().clauses()) {
      if (clause instanceof Clause.Param param) {
        params.put(param.param().name().text(), param.param().value());
      }
    }
    given.forEach(params::remove);
    return new LimitFinder(texts, params).in(wanted.get());
  }

  private static <T extends Declaration> List<T> declarations(List<RuleFile> files, Class<T> kind) {
    return files.stream()
        .flatMap(file -> file.declarations().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /**
   * The files with one limit at another value; all else is as it was. Whether the rules can be
   * compiled so is not looked at.
   *
   * @throws IllegalArgumentException if the file of the limit is not among them
   */
  public static List<SourceFile> moved(
      List<SourceFile> files, MovableLimit limit, BigDecimal value) {
    Span span = limit.span();
    List<SourceFile> moved = new ArrayList<>();
    boolean found = false;
    for (SourceFile file : files) {
      if (file.name().equals(span.source()) && span.end() <= file.text().length()) {
        found = true;
        String text =
            file.text().substring(0, span.start())
                + limit.written(value)
                + file.text().substring(span.end());
        moved.add(new SourceFile(file.name(), text, file.usual()));
      } else {
        moved.add(file);
      }
    }
    if (!found) {
      throw new IllegalArgumentException(
          "the limit stands in %s, and that file is not among these".formatted(span.source()));
    }
    return moved;
  }
}
