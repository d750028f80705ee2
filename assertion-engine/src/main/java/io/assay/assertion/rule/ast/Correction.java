package io.assay.assertion.rule.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the output should have been, as a clause says it. */
public sealed interface Correction {
  /** {@code into} is the list of the element itself where absent. */
  record Insert(Name element, @Nullable PathNode into, List<Setting> with) implements Correction {
    public Insert {
      with = List.copyOf(with);
    }
  }

  record Remove(Name element) implements Correction {}

  record Set(PathNode target, Expr value) implements Correction {}

  record Merge(PathNode list, Expr where, Expr keep) implements Correction {}
}
