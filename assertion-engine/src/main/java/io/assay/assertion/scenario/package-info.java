/** Runs the tests that stand beside rules, and backtests. */
@NullMarked
package io.assay.assertion.scenario;

import org.jspecify.annotations.NullMarked;
