/**
 * Matrices and what is done with them; the one place that knows the native library.
 *
 * <p>{@link LinearAlgebra#get} is OpenBLAS where its library loads, else Java alone, with the same
 * results up to rounding.
 */
@NullMarked
package io.assay.stability.linalg;

import org.jspecify.annotations.NullMarked;
