package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/**
 * As whom PostgreSQL runs: it refuses to run as root, and a user must have a name.
 *
 * <p>In a user namespace without a mapping every process is the unnamed user {@code nobody} to
 * itself, and still the same user to the file system. Where the kernel forbids namespaces, root
 * changes to {@code nobody} in earnest, who must then own the files.
 *
 * @param prefix what stands before each of PostgreSQL's commands
 * @param owner the user id that the files must have
 */
record PostgresUser(List<String> prefix, int owner) {
  private static final int NOBODY = 65534;
  private static final List<String> NAMESPACE = List.of("unshare", "-U");

  PostgresUser {
    prefix = List.copyOf(prefix);
  }

  /**
   * @param home where the cluster is or will be
   */
  static PostgresUser choose(Path home) {
    try {
      Path self = Path.of("/proc/self");
      int user = userOf(self);
      Path cluster = home.resolve("data");
      int owner = Files.exists(cluster) ? userOf(cluster) : user;
      boolean named = !Files.getOwner(self).getName().equals(Integer.toString(user));
      if (owner != user && !(user == 0 && owner == NOBODY)) {
        throw EmbeddedException.notWritable(
            home, "its database belongs to user " + owner + ", and this is user " + user, null);
      }
      if (user != 0 && named) {
        return new PostgresUser(List.of(), user);
      }
      if (owner == user && Commands.succeeds(NAMESPACE, "true")) {
        return new PostgresUser(NAMESPACE, user);
      }
      if (user == 0) {
        requireWayFor(NOBODY, home);
        return new PostgresUser(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), NOBODY);
      }
      throw new EmbeddedException(
          Problem.UNSUPPORTED,
          "PostgreSQL needs a user with a name, but user %d has none here and the system refuses user namespaces; run as a user of /etc/passwd"
              .formatted(user));
    } catch (IOException failure) {
      throw EmbeddedException.io(home, "finding out the user", failure);
    }
  }

  /** Gives a fresh tree to the user that PostgreSQL will run as. */
  void own(Path tree) throws IOException {
    if (userOf(tree) != owner) {
      Folders.changeOwner(tree, owner);
    }
  }

  private static void requireWayFor(int user, Path home) throws IOException {
    for (Path folder = home.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (!Files.exists(folder)) {
        continue;
      }
      var rights = Files.getPosixFilePermissions(folder);
      if (!rights.contains(PosixFilePermission.OTHERS_EXECUTE)) {
        throw EmbeddedException.notWritable(
            home,
            "PostgreSQL must not run as root, the system refuses user namespaces, and user %d cannot pass through %s"
                .formatted(user, folder),
            null);
      }
    }
  }

  private static int userOf(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }
}
