/** Compiled expressions, one class for each kind of assertion, and their state. */
@NullMarked
package io.assay.assertion.eval;

import org.jspecify.annotations.NullMarked;
