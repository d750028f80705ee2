package io.assay.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A {@link PipelineProcess} from outside. */
final class Pipeline implements AutoCloseable {
  private final Process process;
  private final String[] addresses;

  private Pipeline(Process process, String[] addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  static Pipeline start(Path folder, List<Path> rules) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(PipelineProcess.class.getName(), folder.toString()));
    rules.forEach(file -> command.add(file.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolveSibling("pipeline.log").toFile()))
            .start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (line == null) {
      throw new IllegalStateException(
          "the pipeline did not start, see " + folder.resolveSibling("pipeline.log"));
    }
    return new Pipeline(process, line.split(" "));
  }

  String bootstrapServers() {
    return addresses[0];
  }

  KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers", bootstrapServers(),
            "max.in.flight.requests.per.connection", 1,
            "linger.ms", 5),
        new StringSerializer(),
        new StringSerializer());
  }

  List<String> column(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(addresses[1], addresses[2], addresses[3]);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(column(sql).getFirst());
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    } catch (CompletionException tooLong) {
      process.destroyForcibly();
    }
  }
}
