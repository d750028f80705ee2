/** What judging one event takes: time, memory, pauses. */
@NullMarked
package io.assay.bench.engine;

import org.jspecify.annotations.NullMarked;
