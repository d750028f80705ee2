package io.assay.stream.contract;

/** Whoever follows the imputers of all projects. */
@FunctionalInterface
public interface ImputerListener {
  /** What is known of a stream's imputer may be other than before. */
  void changed(String project, String stream);
}
