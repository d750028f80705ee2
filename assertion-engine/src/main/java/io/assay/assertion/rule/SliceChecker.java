package io.assay.assertion.rule;

import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ast.Declaration.StreamDecl;
import io.assay.assertion.rule.ast.StreamItem;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.assertion.rule.ir.DeclaredStream.Slice;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the slices of a stream, whether a rule uses them or not. */
final class SliceChecker {
  private final ExpressionChecker expressions;
  private final Declarations declared;
  private final Map<String, Term.Constant> params;

  SliceChecker(
      ExpressionChecker expressions, Declarations declared, Map<String, Term.Constant> params) {
    this.expressions = expressions;
    this.declared = declared;
    this.params = params;
  }

  DeclaredStream check(StreamDecl declaration, CheckedStream stream) {
    Scope scope = Scope.ofStream(stream, params, declared);
    var slices = new ArrayList<Slice>();
    var names = new HashSet<String>();
    for (StreamItem item : declaration.items()) {
      if (item instanceof StreamItem.Slice slice) {
        String name = slice.name().text();
        isFree(slice, names, stream);
        scope.slices().enter(name);
        Term condition = expressions.check(slice.condition(), scope, Basic.BOOL, "a slice");
        scope.slices().leave(name);
        slices.add(new Slice(name, condition));
      }
    }
    return new DeclaredStream(
        stream.type(),
        scope.event().orElseThrow(),
        scope.locals(),
        List.copyOf(slices),
        stream.truths(),
        stream.imputation(),
        stream.serving());
  }

  private void isFree(StreamItem.Slice slice, Set<String> names, CheckedStream stream) {
    String name = slice.name().text();
    if (!names.add(name) || stream.type().root().field(name).isPresent()) {
      expressions.error(
          IssueCode.DUPLICATE,
          slice.name().span(),
          "%s has a field or slice '%s' already".formatted(stream.type().name(), name));
    }
  }
}
