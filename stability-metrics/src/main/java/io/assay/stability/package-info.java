/** How much two embeddings, or two models, disagree. Pure: no framework, no clock, no I/O. */
@NullMarked
package io.assay.stability;

import org.jspecify.annotations.NullMarked;
