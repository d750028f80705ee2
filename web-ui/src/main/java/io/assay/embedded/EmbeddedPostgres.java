package io.assay.embedded;

import io.assay.embedded.EmbeddedException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One PostgreSQL cluster below a folder, listening on 127.0.0.1 alone, with the database {@code
 * assay}.
 */
final class EmbeddedPostgres implements AutoCloseable {
  private static final String PASSWORD = "password";
  static final String USER = "postgres";
  static final String DATABASE = "assay";

  /** How long a predecessor that was killed may take to leave the folder. */
  private static final Duration PREDECESSOR = Duration.ofSeconds(10);

  /** Recovery after a crash reads the log again; that may take minutes, but not longer. */
  private static final Duration STARTING = Duration.ofMinutes(5);

  private final Postmaster postmaster;
  private final int port;
  private final String password;

  private EmbeddedPostgres(Postmaster postmaster, int port, String password) {
    this.postmaster = postmaster;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the cluster in {@code home}, and makes it first if there is none.
   *
   * @param binaries where PostgreSQL's programs are, or are to be unpacked
   * @param options settings of postgresql.conf
   */
  static EmbeddedPostgres start(Path home, Path binaries, int port, Map<String, String> options) {
    PostgresUser user = PostgresUser.choose(home);
    try {
      Files.createDirectories(home);
      Files.createDirectories(binaries);
      Path programs = PostgresBinaries.in(binaries).resolve("bin");
      Path cluster = home.resolve("data");
      if (!Files.exists(cluster)) {
        create(home, cluster, programs, user);
      }
      String password = Files.readString(home.resolve(PASSWORD)).strip();
      PostgresLog log = new PostgresLog(home.resolve("log"));
      Postmaster postmaster =
          launch(cluster, command(programs, cluster, port, options), user, port, log);
      EmbeddedPostgres postgres = new EmbeddedPostgres(postmaster, port, password);
      postgres.createDatabase(home);
      return postgres;
    } catch (IOException failure) {
      throw EmbeddedException.io(home, "preparing PostgreSQL", failure);
    }
  }

  String jdbcUrl(String database) {
    return jdbcUrl(port, database);
  }

  private static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Empty if this user may not read the password, or there is none. */
  static Optional<EmbeddedDatabase> stored(Path home, int port) {
    try {
      String password = Files.readString(home.resolve(PASSWORD)).strip();
      return Optional.of(new EmbeddedDatabase(jdbcUrl(port, DATABASE), USER, password));
    } catch (IOException notReadable) {
      return Optional.empty();
    }
  }

  String password() {
    return password;
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USER, password);
  }

  long pid() {
    return postmaster.pid();
  }

  /** Done with the exit status once PostgreSQL has ended, whoever ended it. */
  CompletableFuture<Integer> onExit() {
    return postmaster.onExit();
  }

  @Override
  public void close() {
    postmaster.stop();
  }

  /**
   * A cluster appears under its name only when it is whole: a process killed meanwhile starts
   * afresh.
   */
  private static void create(Path home, Path cluster, Path programs, PostgresUser user)
      throws IOException {
    Path part = home.resolve("data.part");
    Folders.delete(part);
    Files.createDirectory(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path password = home.resolve(PASSWORD);
    Files.deleteIfExists(password);
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    Files.writeString(password, HexFormat.of().formatHex(secret) + "\n");
    user.own(part);
    user.own(password);
    Commands.Outcome made =
        Commands.run(
            user.prefix(),
            programs.resolve("initdb").toString(),
            "-D",
            part.toString(),
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            "--pwfile=" + password,
            "-E",
            "UTF8",
            "--no-locale");
    if (made.status() != 0) {
      if (EmbeddedException.saysDiskFull(made.output())) {
        throw EmbeddedException.diskFull(home, "room for a new database (about 40 MB)", null);
      }
      throw new EmbeddedException(
          Problem.FAILED,
          "making a database in %s failed with status %d: %s"
              .formatted(home, made.status(), made.output().strip()));
    }
    Files.move(part, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<String> command(
      Path programs, Path cluster, int port, Map<String, String> options) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("setpriv", "--pdeathsig", "INT"));
    command.addAll(List.of(programs.resolve("postgres").toString(), "-D", cluster.toString()));
    command.addAll(List.of("-p", Integer.toString(port)));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
    command.addAll(List.of("-c", "timezone=UTC", "-c", "log_timezone=UTC"));
    options.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return command;
  }

  private static Postmaster launch(
      Path cluster, List<String> command, PostgresUser user, int port, PostgresLog log)
      throws IOException {
    long start = System.nanoTime();
    Predecessor predecessor = new Predecessor(cluster);
    while (true) {
      predecessor.leave(PREDECESSOR);
      log.roll();
      List<String> prefix = new ArrayList<>(List.of("setsid"));
      prefix.addAll(user.prefix());
      Postmaster postmaster =
          Postmaster.start(
              Commands.builder(prefix, command)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.to(log.file().toFile())));
      if (ready(cluster, postmaster)) {
        return postmaster;
      }
      boolean waited = System.nanoTime() - start > PREDECESSOR.toNanos();
      if (waited || !log.saysPredecessorAlive()) {
        throw log.explain(cluster, port);
      }
      pause();
    }
  }

  /** True once it takes connections, false if it ended instead. */
  private static boolean ready(Path cluster, Postmaster postmaster) {
    long deadline = System.nanoTime() + STARTING.toNanos();
    while (postmaster.isAlive()) {
      Optional<PidFile> file = PidFile.of(cluster);
      if (file.isPresent() && file.get().pid() == postmaster.pid() && file.get().ready()) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        postmaster.stop();
        throw new EmbeddedException(
            Problem.FAILED,
            "PostgreSQL in %s needed more than %s to start".formatted(cluster, STARTING));
      }
      pause();
    }
    return false;
  }

  private void createDatabase(Path home) {
    try (Connection connection = connect("postgres");
        var statement = connection.createStatement()) {
      boolean exists =
          statement
              .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")
              .next();
      if (!exists) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    } catch (SQLException failure) {
      close();
      throw failure.getMessage() != null && EmbeddedException.saysDiskFull(failure.getMessage())
          ? EmbeddedException.diskFull(home, "room for a new database (about 10 MB)", failure)
          : new EmbeddedException(
              Problem.DAMAGED,
              "PostgreSQL in %s started, but refuses to be used: %s"
                  .formatted(home, failure.getMessage()),
              failure);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException(
          Problem.FAILED, "interrupted while PostgreSQL started", interrupted);
    }
  }
}
