/** The vocabulary: what a verdict, a violation and a correction are. */
@NullMarked
package io.assay.assertion;

import org.jspecify.annotations.NullMarked;
