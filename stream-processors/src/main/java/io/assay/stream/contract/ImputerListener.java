package io.assay.stream.contract;

/** Whoever follows the imputers of all projects. */
@FunctionalInterface
public interface ImputerListener {
  /** What {@code known} says of a stream's imputer may be other than before. */
  void changed(ImputerTable known, String project, String stream);
}
