package io.assay.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** As whom a child process runs. */
enum TestUser {
  /** Root in a container and on CI, an ordinary user at a desk. */
  SELF(-1),
  NAMED(65534),
  /** As containers run with an arbitrary user id: there is no such line in /etc/passwd. */
  NAMELESS(54321);

  private final int id;

  TestUser(int id) {
    this.id = id;
  }

  boolean available() {
    return this == SELF || Commands.succeeds(prefix(), "true");
  }

  List<String> prefix() {
    return this == SELF
        ? List.of()
        : List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups");
  }

  Path own(Path folder) throws IOException {
    if (this != SELF) {
      Folders.changeOwner(folder, id);
    }
    return folder;
  }
}
