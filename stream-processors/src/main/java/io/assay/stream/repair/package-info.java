/** Records that were put aside: what they are, and how they are sent once more. */
@NullMarked
package io.assay.stream.repair;

import org.jspecify.annotations.NullMarked;
