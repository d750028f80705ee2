/** Measures expressions against another implementation of CEL. */
@NullMarked
package io.assay.bench.language;

import org.jspecify.annotations.NullMarked;
