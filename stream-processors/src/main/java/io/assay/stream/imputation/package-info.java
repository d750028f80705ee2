/** Fills gaps in a stream's events with its imputer, and says how sure it is. */
@NullMarked
package io.assay.stream.imputation;

import org.jspecify.annotations.NullMarked;
