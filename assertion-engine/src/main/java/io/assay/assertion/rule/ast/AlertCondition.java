package io.assay.assertion.rule.ast;

import org.jspecify.annotations.Nullable;

/** When an alert is due. */
public sealed interface AlertCondition {
  /** More violated of those judged than this; {@code unit} is the kind's own where absent. */
  record Rate(@Nullable Name unit, boolean orEqual, Expr limit) implements AlertCondition {}

  /** Violated in so many windows in a row; one where absent. */
  record Breached(@Nullable Expr windows) implements AlertCondition {}

  /** An episode open so long. */
  record Open(Expr lasting) implements AlertCondition {}
}
