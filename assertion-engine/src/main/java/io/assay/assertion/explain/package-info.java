/** A checked assertion in words and numbers: what it checks, reads, keeps and costs. */
@NullMarked
package io.assay.assertion.explain;

import org.jspecify.annotations.NullMarked;
