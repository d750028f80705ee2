package io.assay.stream.contract;

/** Where the rules of a project are changed: one place for all of its files. */
public enum RuleHome {
  /** A folder that processors watch. */
  FOLDER,
  /** The same, and a checkout: its commit is known. */
  GIT,
  /** The web interface and its API. */
  WEB;

  /** Whether they are files on disk, which the web shows and does not change. */
  public boolean isFiles() {
    return switch (this) {
      case FOLDER, GIT -> true;
      case WEB -> false;
    };
  }
}
