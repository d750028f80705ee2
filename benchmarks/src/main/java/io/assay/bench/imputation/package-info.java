/** How fast gaps are filled, and imputers learned. */
@NullMarked
package io.assay.bench.imputation;

import org.jspecify.annotations.NullMarked;
