/** Releases of embeddings: what is known of them, whether they may go on, and accepting them. */
@NullMarked
package io.assay.web.stability;

import org.jspecify.annotations.NullMarked;
