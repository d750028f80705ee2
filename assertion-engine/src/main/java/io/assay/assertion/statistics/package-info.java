/**
 * The mathematics of windows: what is counted while events come, and what is computed when a window
 * closes. Whatever is counted can be merged, in any order and split, to the same result.
 */
@NullMarked
package io.assay.assertion.statistics;

import org.jspecify.annotations.NullMarked;
