package io.assay.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.assay.stream.app.ProcessorProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The compose file is well-formed, and speaks of the versions and settings that are tested. */
class DockerComposeTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private final String text = read(ROOT.resolve("docker-compose.yml"));
  private final Map<String, Map<String, Object>> services = services(text);

  @Test
  void isWhatTheComposeSpecificationAllows() throws IOException {
    try (InputStream schema =
        Objects.requireNonNull(getClass().getResourceAsStream("/compose.schema.json"))) {
      Schema compose =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
      List<Error> errors = compose.validate(text, InputFormat.YAML);
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void runsTheKafkaAndThePostgresThatTheTestsRun() {
    assertThat(services.get("kafka"))
        .containsEntry("image", "apache/kafka:" + AppInfoParser.getVersion());
    String tested = pom("postgres-binaries.version");
    String majorAndMinor = tested.substring(0, tested.lastIndexOf('.'));
    assertThat(services.get("postgres")).containsEntry("image", "postgres:" + majorAndMinor);
  }

  @Test
  void setsOnlyWhatTheProcessorsKnow() {
    Set<String> known =
        Arrays.stream(ProcessorProperties.class.getRecordComponents())
            .map(component -> "ASSAY_" + component.getName().toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<String> set =
        environment("stream-processors").keySet().stream()
            .filter(name -> !name.equals("MANAGEMENT_SERVER_ADDRESS"))
            .map(name -> "ASSAY_" + String.valueOf(name).substring(6).replace("_", ""))
            .collect(Collectors.toSet());
    assertThat(known).containsAll(set);
  }

  private String healthOf(String service) {
    return String.valueOf(
        Objects.requireNonNull(services.get(service), service).get("healthcheck"));
  }

  /** Where the processors say how they are unless told otherwise. */
  @Test
  void asksEveryServiceHowItIs() {
    assertThat(services.values()).allSatisfy(one -> assertThat(one).containsKey("healthcheck"));
    String processors = healthOf("stream-processors");
    assertThat(processors).contains("/127.0.0.1/8081 ", "GET /actuator/health/liveness HTTP/1.0");
    assertThat(read(ROOT.resolve("docs/operations.md"))).contains("| `8081`, `127.0.0.1` |");
    String web = healthOf("web-ui");
    assertThat(web).contains("/127.0.0.1/8081 ", "GET /actuator/health HTTP/1.0");
    assertThat(environment("web-ui").get("MANAGEMENT_SERVER_PORT")).isEqualTo("8081");
  }

  /** From the other services, and from nowhere else. */
  @Test
  void prometheusReachesWhatItScrapes() {
    Map<String, List<Map<String, Object>>> prometheus =
        new Yaml().load(read(ROOT.resolve("docs/prometheus/prometheus.yml")));
    List<Map<String, Object>> jobs = Objects.requireNonNull(prometheus.get("scrape_configs"));
    assertThat(jobs).hasSize(2);
    for (Map<String, Object> job : jobs) {
      String service = String.valueOf(job.get("job_name"));
      assertThat(job).containsEntry("metrics_path", "/actuator/prometheus");
      assertThat(String.valueOf(job.get("static_configs"))).contains("[" + service + ":8081]");
      assertThat(environment(service).get("MANAGEMENT_SERVER_ADDRESS")).isEqualTo("0.0.0.0");
      assertThat(String.valueOf(Objects.requireNonNull(services.get(service)).get("ports")))
          .doesNotContain("8081");
    }
    assertThat(String.valueOf(prometheus.get("rule_files"))).isEqualTo("[alerts.yml]");
  }

  @Test
  void everyVolumeAndDependencyIsDeclared() {
    Map<String, Object> file = new Yaml().load(text);
    Map<?, ?> volumes = (Map<?, ?>) Objects.requireNonNull(file.get("volumes"));
    services.forEach(
        (name, service) -> {
          List<?> mounted = (List<?>) service.getOrDefault("volumes", List.of());
          for (Object mount : mounted) {
            String from = String.valueOf(mount).split(":")[0];
            assertThat(
                    from.startsWith("./")
                        ? Files.exists(ROOT.resolve(from))
                        : volumes.containsKey(from))
                .as("volume of %s: %s", name, mount)
                .isTrue();
          }
          Map<?, ?> needed = (Map<?, ?>) service.getOrDefault("depends_on", Map.of());
          for (Object dependency : needed.keySet()) {
            assertThat(services).containsKey(String.valueOf(dependency));
          }
        });
  }

  @Test
  void everyTargetIsBuiltByTheDockerfile() {
    String dockerfile = read(ROOT.resolve("Dockerfile"));
    for (Map<String, Object> service : services.values()) {
      if (service.get("build") instanceof Map<?, ?> build) {
        assertThat(dockerfile).contains(" AS " + build.get("target") + "\n");
      }
    }
  }

  private Map<?, ?> environment(String service) {
    Map<String, Object> of = Objects.requireNonNull(services.get(service));
    return (Map<?, ?>) Objects.requireNonNull(of.get("environment"));
  }

  private static String pom(String property) {
    String pom = read(ROOT.resolve("pom.xml"));
    String open = "<" + property + ">";
    int start = pom.indexOf(open) + open.length();
    return pom.substring(start, pom.indexOf('<', start));
  }

  @SuppressWarnings("unchecked") // the schema says what it is
  private static Map<String, Map<String, Object>> services(String text) {
    Map<String, Object> file = new Yaml().load(text);
    return (Map<String, Map<String, Object>>) Objects.requireNonNull(file.get("services"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot read " + file, e);
    }
  }
}
