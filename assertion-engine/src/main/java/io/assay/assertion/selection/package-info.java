/**
 * Active learning: which flagged samples are worth a human's label. {@link
 * io.assay.assertion.selection.Selector} takes what there is to choose from and how to choose, and
 * gives picks that say why; the same input and seed give the same picks.
 */
@NullMarked
package io.assay.assertion.selection;

import org.jspecify.annotations.NullMarked;
