/** Checked expressions, compiled once to nodes specialised by type. */
@NullMarked
package io.assay.assertion.eval.term;

import org.jspecify.annotations.NullMarked;
