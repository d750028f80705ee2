/** How long people and rounds wait where a million episodes were flagged. */
@NullMarked
package io.assay.bench.review;

import org.jspecify.annotations.NullMarked;
