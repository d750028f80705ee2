/** Trains imputers of streams, outside their threads: one process of a project at a time. */
@NullMarked
package io.assay.stream.training;

import org.jspecify.annotations.NullMarked;
