/**
 * Fills gaps in features, says how sure it is and where it looked. Pure: no framework, no clock, no
 * I/O.
 */
@NullMarked
package io.assay.imputation;

import org.jspecify.annotations.NullMarked;
