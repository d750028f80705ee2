/** Embeddings as others store them: NumPy's arrays, word2vec's and GloVe's texts; gzip unpacked. */
@NullMarked
package io.assay.stability.file;

import org.jspecify.annotations.NullMarked;
