package io.assay.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The ports of one instance: fixed by the settings, else those of the last start, else any free.
 */
record Ports(int postgres, int broker, int controller) {

  static Ports resolve(EmbeddedSettings settings, Path folder) {
    Path file = folder.resolve("ports");
    Properties stored = read(file);
    Set<Integer> given = new HashSet<>();
    Ports ports =
        new Ports(
            one("PostgreSQL", settings.postgresPort(), stored, "postgres", given),
            one("Kafka", settings.brokerPort(), stored, "broker", given),
            one("Kafka's controller", 0, stored, "controller", given));
    ports.write(file);
    return ports;
  }

  /** The broker's port of the last start in a folder. */
  static Optional<Integer> lastBroker(Path folder) {
    return last(folder, "broker");
  }

  /** Likewise the database's. */
  static Optional<Integer> lastPostgres(Path folder) {
    return last(folder, "postgres");
  }

  private static Optional<Integer> last(Path folder, String name) {
    int port = storedPort(read(folder.resolve("ports")), name);
    return port == 0 ? Optional.empty() : Optional.of(port);
  }

  private static int one(
      String server, int fixed, Properties stored, String name, Set<Integer> given) {
    if (fixed != 0) {
      try {
        tryBind(fixed);
      } catch (IOException taken) {
        throw EmbeddedException.portTaken(server, fixed, name + " port", taken);
      }
      given.add(fixed);
      return fixed;
    }
    int last = storedPort(stored, name);
    try {
      if (last != 0 && !given.contains(last)) {
        tryBind(last);
        given.add(last);
        return last;
      }
    } catch (IOException taken) {
      // Nobody asked for this very port: another one will do.
    }
    return any(server, name, given);
  }

  private static int any(String server, String name, Set<Integer> given) {
    while (true) {
      try {
        int port = tryBind(0);
        if (given.add(port)) {
          return port;
        }
      } catch (IOException none) {
        throw EmbeddedException.portTaken(server, 0, name + " port", none);
      }
    }
  }

  private static int tryBind(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket.getLocalPort();
    }
  }

  private static int storedPort(Properties stored, String name) {
    try {
      int port = Integer.parseInt(stored.getProperty(name, "0"));
      return port > 0 && port <= 65535 ? port : 0;
    } catch (NumberFormatException damaged) {
      return 0;
    }
  }

  private static Properties read(Path file) {
    Properties stored = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        stored.load(reader);
      } catch (IOException failure) {
        throw EmbeddedException.io(file, "reading the ports", failure);
      }
    }
    return stored;
  }

  private void write(Path file) {
    Properties now = new Properties();
    now.setProperty("postgres", Integer.toString(postgres));
    now.setProperty("broker", Integer.toString(broker));
    now.setProperty("controller", Integer.toString(controller));
    Path part = file.resolveSibling("ports.part");
    try {
      try (Writer writer = Files.newBufferedWriter(part)) {
        now.store(writer, "chosen at the last start");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw EmbeddedException.io(file, "storing the ports", failure);
    }
  }
}
