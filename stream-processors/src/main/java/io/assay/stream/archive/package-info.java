/** Past events in compressed segments: written beside the judging, read by whoever judges again. */
@NullMarked
package io.assay.stream.archive;

import org.jspecify.annotations.NullMarked;
