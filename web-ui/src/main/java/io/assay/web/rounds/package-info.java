/**
 * Rounds of labels: which flags are worth a human's look, chosen anew when a model has learned from
 * the last ones.
 */
@NullMarked
package io.assay.web.rounds;

import org.jspecify.annotations.NullMarked;
