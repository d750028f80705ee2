package io.assay.stability.file;

import io.assay.stability.Embedding;
import java.util.List;
import java.util.Optional;

/**
 * An embedding and, where the file has them, the name of each row.
 *
 * @param names as many as rows, all different
 */
public record NamedEmbedding(Embedding embedding, Optional<List<String>> names) {
  public NamedEmbedding {
    names = names.map(List::copyOf);
  }
}
