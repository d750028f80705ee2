package io.assay.assertion.rule;

import io.assay.assertion.event.StructType;
import io.assay.assertion.rule.ast.Declaration.RouteDecl;
import io.assay.assertion.rule.ast.Name;
import io.assay.assertion.rule.ir.Route;
import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.assertion.rule.ir.Term;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Checks where alerts go. */
final class RouteChecker {
  /** What every alert has. */
  private static final Set<String> COMMON =
      Set.of("assertion", "level", "stream", "segment", "model", "version");

  private final ExpressionChecker expressions;
  private final Map<String, Term.Constant> params;
  private final Set<String> groups = new TreeSet<>(COMMON);

  RouteChecker(
      ExpressionChecker expressions,
      Map<String, Term.Constant> params,
      Collection<CheckedStream> streams) {
    this.expressions = expressions;
    this.params = params;
    streams.forEach(
        stream ->
            stream.type().root().fields().stream()
                .map(StructType.Field::name)
                .filter(name -> !name.startsWith("$"))
                .forEach(groups::add));
  }

  Route route(RouteDecl declaration) {
    if (declaration.targets().isEmpty() && !declaration.damaged()) {
      expressions.error(
          IssueCode.MISSING_CLAUSE,
          declaration.name().span(),
          "route '%s' leads nowhere".formatted(declaration.name().text()),
          Optional.of("as in: to webhook(\"https://…\")"));
    }
    declaration.groupBy().forEach(this::group);
    OptionalLong repeat =
        declaration.repeat() == null
            ? OptionalLong.empty()
            : new Amounts(expressions)
                .duration(declaration.repeat(), Scope.ofConstants(params), "'repeat'")
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    List<Route.Target> targets =
        declaration.targets().stream()
            .flatMap(
                target ->
                    new Words(expressions)
                        .word(target.kind(), Receiver.class, Set.of(Receiver.values())).stream()
                            .map(receiver -> new Route.Target(receiver, target.address().value())))
            .toList();
    return new Route(
        declaration.name().text(),
        targets,
        declaration.groupBy().stream().map(Name::text).toList(),
        repeat);
  }

  private void group(Name name) {
    if (!groups.contains(name.text())) {
      expressions.error(
          IssueCode.UNKNOWN_NAME,
          name.span(),
          "alerts cannot be grouped by '%s': no stream has such a field".formatted(name.text()),
          Suggestions.didYouMean(name.text(), groups)
              .or(
                  () ->
                      Optional.of("every alert has " + String.join(", ", new TreeSet<>(COMMON)))));
    }
  }
}
