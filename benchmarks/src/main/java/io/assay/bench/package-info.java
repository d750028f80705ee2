/** Measures the engine. */
@NullMarked
package io.assay.bench;

import org.jspecify.annotations.NullMarked;
