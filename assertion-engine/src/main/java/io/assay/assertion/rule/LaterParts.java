package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ir.DeclaredStream.Imputation;
import io.assay.assertion.rule.ir.DeclaredStream.Truth;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks what comes to a stream's events later: the truth, and what fills their gaps. */
final class LaterParts {
  private final StreamDecl declaration;
  private final StreamType type;
  private final ExpressionChecker expressions;
  private final Consumer<Issue> issues;
  private final Scope constants;

  LaterParts(
      StreamDecl declaration,
      StreamType type,
      Map<String, Term.Constant> params,
      Consumer<Issue> issues) {
    this.declaration = declaration;
    this.type = type;
    this.issues = issues;
    this.expressions = new ExpressionChecker(issues);
    this.constants = Scope.ofConstants(params);
  }

  List<Truth> truths() {
    var truths = new ArrayList<Truth>();
    for (StreamItem item : declaration.items()) {
      if (item instanceof StreamItem.Truth truth) {
        truth(truth, truths);
      }
    }
    return truths;
  }

  private void truth(StreamItem.Truth item, List<Truth> truths) {
    String name = item.field().name().text();
    boolean taken =
        type.root().field(name).isPresent()
            || truths.stream().anyMatch(truth -> truth.name().equals(name));
    if (taken) {
      expressions.error(
          IssueCode.DUPLICATE,
          item.field().name().span(),
          "%s has a field '%s' already".formatted(type.name(), name));
    }
    if (type.id().isEmpty() && !declaration.damaged()) {
      expressions.error(
          IssueCode.MISSING_FIELD,
          item.span(),
          "the truth is joined by the events' id, and stream '%s' has none".formatted(type.name()),
          Optional.of("as in: id application"));
    }
    StructType.Draft draft =
        new FieldChecker(false, List.of(), issues).draft(item.field(), type.name());
    new Amounts(expressions)
        .duration(item.within(), constants, "'within' of a truth")
        .filter(within -> !taken && draft.type() != Basic.UNKNOWN)
        .ifPresent(
            within -> truths.add(new Truth(name, draft.type(), item.topic().value(), within)));
  }

  Optional<Imputation> imputation() {
    List<StreamItem.Impute> all =
        declaration.items().stream()
            .filter(StreamItem.Impute.class::isInstance)
            .map(StreamItem.Impute.class::cast)
            .toList();
    all.stream()
        .skip(1)
        .forEach(
            more ->
                expressions.error(
                    IssueCode.REPEATED_CLAUSE, more.span(), "a stream has one 'impute' only"));
    return all.stream().findFirst().flatMap(this::imputation);
  }

  private Optional<Imputation> imputation(StreamItem.Impute item) {
    var amounts = new Amounts(expressions);
    Optional<Long> every = amounts.duration(item.every(), constants, "'every' of 'impute'");
    Optional<Long> last = amounts.count(item.lastEvents(), constants, 1, "'from last'");
    Optional<Type> group = type.root().field(item.group().text()).map(StructType.Field::type);
    if (group.isPresent() && !(group.get() instanceof StructType)) {
      expressions.error(
          IssueCode.WRONG_TYPE,
          item.group().span(),
          "'impute' fills a group of fields, '%s' is %s"
              .formatted(item.group().text(), TypeText.aOrAn(group.get())),
          Optional.of("a group is declared as: features { … }"));
      return Optional.empty();
    }
    return group.flatMap(
        g -> every.flatMap(nanos -> last.map(l -> new Imputation(item.group().text(), nanos, l))));
  }
}
