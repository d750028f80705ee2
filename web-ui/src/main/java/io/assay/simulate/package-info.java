/**
 * A simulated street: a car with camera and LIDAR, detectors with known errors, rendered frames.
 */
@NullMarked
package io.assay.simulate;

import org.jspecify.annotations.NullMarked;
