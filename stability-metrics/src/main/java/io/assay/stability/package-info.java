/**
 * How much two embeddings, or two models, disagree. Pure: no framework, no clock, no files; a
 * stream of bytes is read where one is handed in.
 */
@NullMarked
package io.assay.stability;

import org.jspecify.annotations.NullMarked;
