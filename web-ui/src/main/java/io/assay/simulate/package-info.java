/**
 * Simulated worlds whose errors are known: a street with a car that has camera and LIDAR, and a
 * lender.
 */
@NullMarked
package io.assay.simulate;

import org.jspecify.annotations.NullMarked;
