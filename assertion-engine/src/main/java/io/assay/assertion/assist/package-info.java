/** Helps whoever writes rules: what could stand at a place, and what a word means. */
@NullMarked
package io.assay.assertion.assist;

import org.jspecify.annotations.NullMarked;
