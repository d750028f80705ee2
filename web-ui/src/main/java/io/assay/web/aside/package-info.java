/** Records that were put aside: dead letters and late events, listed, shown and replayed. */
@NullMarked
package io.assay.web.aside;

import org.jspecify.annotations.NullMarked;
