/** Checked rules: every name resolved, every expression typed. What the evaluator compiles. */
@NullMarked
package io.assay.assertion.rule.ir;

import org.jspecify.annotations.NullMarked;
