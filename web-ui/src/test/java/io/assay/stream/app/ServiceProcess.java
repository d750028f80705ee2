package io.assay.stream.app;

import io.assay.embedded.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The service as it is shipped, in a JVM that tests stop and kill. */
final class ServiceProcess {
  /** What the web interface, which shares the tests' class path, would begin here. */
  private static final String OF_THE_WEB =
      String.join(
          ",",
          "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
          "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
          "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
          "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration");

  private ServiceProcess() {}

  /**
   * Processors of the project {@code street} at the tests' broker.
   *
   * @param rules what is watched and published
   * @param more settings, by their names behind {@code assay.}
   */
  static Process start(Site site, Path state, Path rules, Map<String, String> more)
      throws IOException {
    Map<String, String> settings = new TreeMap<>();
    more.forEach((name, value) -> settings.put("assay." + name, value));
    settings.put("assay.bootstrap-servers", TestBroker.shared().bootstrapServers());
    settings.put("assay.project", "street");
    settings.put("assay.prefix", site.prefix());
    settings.put("assay.rules", rules.toString());
    settings.put("assay.state-folder", Files.createDirectories(state).toString());
    settings.put("management.server.port", "-1");
    settings.put("spring.autoconfigure.exclude", OF_THE_WEB);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ProcessorService.class.getName());
    settings.forEach((name, value) -> command.add("--" + name + "=" + value));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(state.resolveSibling("service.log").toFile()))
        .start();
  }
}
