/**
 * What choosing labels is worth, measured: on a real room, on the simulated street, by the clock.
 */
@NullMarked
package io.assay.bench.learning;

import org.jspecify.annotations.NullMarked;
