/** Events in, rows out, through the real broker and the real database. */
@NullMarked
package io.assay.endtoend;

import org.jspecify.annotations.NullMarked;
