/** Faults on purpose: whether everything arrives once when processes are killed or paused. */
@NullMarked
package io.assay.drill;

import org.jspecify.annotations.NullMarked;
