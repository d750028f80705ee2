/** What is measured, as Prometheus scrapes it. */
@NullMarked
package io.assay.stream.metrics;

import org.jspecify.annotations.NullMarked;
