/** The sealed tree of a rule file; no behaviour beyond its invariants. */
@NullMarked
package io.assay.assertion.rule.ast;

import org.jspecify.annotations.NullMarked;
