/** Releases of embeddings, kept item by item, compared as they come and judged once closed. */
@NullMarked
package io.assay.stream.embeddings;

import org.jspecify.annotations.NullMarked;
