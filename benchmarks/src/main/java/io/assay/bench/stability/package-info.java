/** How fast two embeddings are compared, beside numpy on the same machine. */
@NullMarked
package io.assay.bench.stability;

import org.jspecify.annotations.NullMarked;
