/** Functions written in Java that rules may call. */
@NullMarked
package io.assay.assertion.function;

import org.jspecify.annotations.NullMarked;
