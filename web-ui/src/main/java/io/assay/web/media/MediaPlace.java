package io.assay.web.media;

import java.net.URI;
import java.nio.file.Path;

/** Where the bytes of a reference are. */
sealed interface MediaPlace {
  /** In a folder of this machine. */
  record InFolder(Path file) implements MediaPlace {}

  /**
   * At another server.
   *
   * @param told by its operator, who may name any network; other addresses come from events
   */
  record Elsewhere(URI address, boolean told) implements MediaPlace {}
}
