/** What goes on with one event, from where it came in to where its violation is stored. */
@NullMarked
package io.assay.stream.tracing;

import org.jspecify.annotations.NullMarked;
