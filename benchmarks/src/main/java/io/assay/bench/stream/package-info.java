/** What judging costs on a real broker, beside what any program must pay there. */
@NullMarked
package io.assay.bench.stream;

import org.jspecify.annotations.NullMarked;
