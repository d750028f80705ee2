package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.cli.CommandLineRun;
import io.assay.embedded.SecureBroker;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Who comes to the broker that asks, and how they say who they are. */
final class SecureSite {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final SecureBroker broker = SecureBroker.shared();
  private final Path folder;

  SecureSite(Path folder) {
    this.folder = folder;
  }

  static String password(String user) {
    return user + "-secret-29";
  }

  Map<String, String> settings(String user) {
    return broker.scramOverTls(user, password(user));
  }

  Map<String, Object> clients(String user) {
    var clients = new HashMap<String, Object>(settings(user));
    clients.put("bootstrap.servers", broker.saslSsl());
    return clients;
  }

  /** As {@code --kafka-config} takes it. */
  Path file(String name, Map<String, String> settings) throws IOException {
    var properties = new Properties();
    properties.putAll(settings);
    Path file = folder.resolve(name + ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  /** A command of one of these users. */
  CommandLineRun run(String user, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--bootstrap",
            broker.saslSsl(),
            "--kafka-config",
            file(user, settings(user)).toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  /** Properties of a service whose settings stand in its environment alone. */
  static ProcessorProperties ofEnvironment(Map<String, String> kafka, Map<String, String> more) {
    var environment = new HashMap<String, Object>();
    kafka.forEach((name, value) -> environment.put(variable("assay.kafka." + name), value));
    more.forEach((name, value) -> environment.put(variable(name), value));
    var sources = new MutablePropertySources();
    sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.from(sources))
        .bind("assay", ProcessorProperties.class)
        .get();
  }

  private static String variable(String property) {
    return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
  }

  static void await(String what, Callable<Boolean> wanted, Callable<?> now) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.call()) {
      if (System.nanoTime() > end) {
        assertThat(now.call()).as(what).isNull();
      }
      Thread.sleep(50);
    }
  }
}
