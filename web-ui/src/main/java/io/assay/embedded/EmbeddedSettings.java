package io.assay.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the embedded servers keep their data and listen.
 *
 * @param folder everything is kept below it
 * @param postgresPort 0 chooses a free port once and remembers it in the folder
 * @param brokerPort likewise
 * @param minimumFree bytes that the disk must have left at the start
 * @param postgresOptions settings of postgresql.conf, on top of our own
 */
public record EmbeddedSettings(
    Path folder,
    int postgresPort,
    int brokerPort,
    long minimumFree,
    Map<String, String> postgresOptions) {
  private static final long DEFAULT_MINIMUM_FREE = 512L * 1024 * 1024;

  public EmbeddedSettings {
    requirePort("postgresPort", postgresPort);
    requirePort("brokerPort", brokerPort);
    if (minimumFree < 0) {
      throw new IllegalArgumentException("minimumFree needs bytes >= 0, got " + minimumFree);
    }
    postgresOptions = Map.copyOf(postgresOptions);
  }

  /** Any free ports, and room for half a gigabyte asked for. */
  public static EmbeddedSettings in(Path folder) {
    return new EmbeddedSettings(folder, 0, 0, DEFAULT_MINIMUM_FREE, Map.of());
  }

  public EmbeddedSettings withPorts(int postgres, int broker) {
    return new EmbeddedSettings(folder, postgres, broker, minimumFree, postgresOptions);
  }

  public EmbeddedSettings withMinimumFree(long bytes) {
    return new EmbeddedSettings(folder, postgresPort, brokerPort, bytes, postgresOptions);
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(name + " needs 0 to 65535, got " + port);
    }
  }
}
