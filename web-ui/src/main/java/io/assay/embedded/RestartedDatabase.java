package io.assay.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/**
 * A PostgreSQL alone, which may be killed and started again on its data, as a drill does. It ends
 * with this process.
 */
public final class RestartedDatabase implements AutoCloseable {
  private final Path folder;
  private final int port;
  private EmbeddedPostgres postgres;

  private RestartedDatabase(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.postgres = EmbeddedPostgres.start(folder, folder, port, Map.of());
  }

  /** On any free port. */
  public static RestartedDatabase start(Path folder) {
    return new RestartedDatabase(folder, freePort());
  }

  /** A port of 127.0.0.1 that nobody listens on. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw EmbeddedException.portTaken("a server", 0, "port", none);
    }
  }

  public String jdbcUrl() {
    return postgres.jdbcUrl(EmbeddedPostgres.DATABASE);
  }

  public String user() {
    return EmbeddedPostgres.USER;
  }

  public String password() {
    return postgres.password();
  }

  /** As a crash does; returns when its first process is gone. */
  public void kill() {
    Commands.signal(postgres.pid(), "KILL");
    postgres.onExit().join();
  }

  /** On the same port and data, after {@link #kill}. */
  public void startAgain() {
    postgres = EmbeddedPostgres.start(folder, folder, port, Map.of());
  }

  @Override
  public void close() {
    postgres.close();
  }
}
