/** How long {@code assay check} takes from a cold start. */
@NullMarked
package io.assay.bench.check;

import org.jspecify.annotations.NullMarked;
