package io.assay.stream.contract;

import java.util.List;
import java.util.Optional;

/** Which keys are to be forgotten, as far as it is known by now. Any thread may ask. */
public interface Erasing {
  /** Nothing ever is. */
  Erasing NOTHING = project -> Optional.of(List.of());

  /** All requests of a project that are kept; empty while they are not known yet. */
  Optional<List<ErasureRequest>> of(String project);
}
