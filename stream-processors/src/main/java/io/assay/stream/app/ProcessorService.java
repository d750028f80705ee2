package io.assay.stream.app;

import static java.util.Map.entry;

import io.assay.stream.metrics.Scraped;
import io.assay.stream.metrics.Scrapes;
import io.assay.stream.tracing.Traces;
import io.assay.stream.tracing.TracingSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The service that runs alone: as many as wanted, each with a state folder of its own. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties({ProcessorProperties.class, TracingSettings.class})
public class ProcessorService {

  /**
   * What stands in the way of a start is said in a sentence, and with {@code --debug} where, too.
   */
  public static void main(String[] arguments) {
    var application = new SpringApplication(ProcessorService.class);
    // The processors' threads end with the process; this keeps it until it is told to stop.
    application.setKeepAlive(true);
    application.setDefaultProperties(defaults());
    application.addInitializers(FailedStart::readPorts);
    try {
      application.run(arguments);
    } catch (RuntimeException failure) {
      System.err.printf(
          "The processors did not start: %s%n",
          FailedStart.text(failure, "management.server.port"));
      if (List.of(arguments).contains("--debug")) {
        failure.printStackTrace();
      }
      System.exit(1);
    }
  }

  /** Not in a file: web-ui has this module in its class path, and settings of its own. */
  static Map<String, Object> defaults() {
    return Map.ofEntries(
        entry("logging.level.org.apache.kafka", "WARN"),
        // A broker that is away is told of once, by the stream that waits for it.
        entry("logging.level.org.apache.kafka.clients.NetworkClient", "ERROR"),
        entry("spring.main.banner-mode", "off"),
        // What Spring tells of a failed start, in many layers: it is said once.
        entry("logging.level.org.springframework.boot.SpringApplication", "OFF"),
        entry("logging.level.org.springframework.boot.diagnostics", "OFF"),
        entry("logging.level.org.springframework.boot.web.server.servlet.context", "OFF"),
        // Of structured logs: who writes, and of which project all of it is.
        entry("logging.structured.ecs.service.name", "assay-processors"),
        entry("logging.structured.json.add.project", "${assay.project:default}"),
        // Nothing is served but health and figures.
        entry("server.port", "-1"),
        entry("management.server.port", "8081"),
        entry("management.server.address", "127.0.0.1"),
        entry("management.endpoints.web.exposure.include", "health,info,prometheus"),
        entry("management.endpoint.health.show-details", "always"),
        entry("management.endpoint.health.probes.enabled", "true"),
        entry("management.endpoint.health.group.liveness.include", "livenessState,alive"),
        entry("management.endpoint.health.group.readiness.include", "readinessState,ready"));
  }

  @Bean
  ProcessorHealth health(StreamProcessors processors, ObjectProvider<RuleFolder> folder) {
    Optional<RuleFolder> watched = folder.stream().findFirst();
    return new ProcessorHealth(processors, () -> watched.map(RuleFolder::problem).orElse(""));
  }

  @Bean
  HealthIndicator alive(ProcessorHealth health) {
    return health.alive();
  }

  @Bean
  HealthIndicator ready(ProcessorHealth health, ProcessorProperties properties) {
    return health.ready(properties.readyLag());
  }

  @Bean
  ProcessorFigures processorFigures(StreamProcessors processors) {
    return new ProcessorFigures(processors);
  }

  @Bean
  ImputerFigures imputerFigures(StreamProcessors processors) {
    return new ImputerFigures(processors);
  }

  @Bean
  SmartInitializingSingleton scrapes(
      ObjectProvider<PrometheusRegistry> registry, ObjectProvider<Scraped> asked) {
    return () -> registry.ifAvailable(to -> Scrapes.register(to, asked.orderedStream()));
  }

  /** Its mistakes stop the service at its start, before anything else. */
  @Bean(destroyMethod = "close")
  @ConditionalOnProperty("assay.rules")
  RuleFolder ruleFolder(ProcessorProperties properties) {
    return RuleFolder.watch(properties.ruleSource(), properties.settings());
  }

  @Bean(destroyMethod = "close")
  ProjectRules rules(ProcessorProperties properties) {
    return ProjectRules.follow(properties.settings());
  }

  @Bean(destroyMethod = "close")
  StreamProcessors processors(ProjectRules rules, ProcessorProperties properties, Traces traces) {
    return StreamProcessors.follow(rules, properties.settings(), traces);
  }

  @Bean(destroyMethod = "close")
  Traces traces(TracingSettings settings) {
    return Traces.of(settings, "assay-processors");
  }

  /** Past events are kept where someone says where. */
  @Bean(destroyMethod = "close")
  @ConditionalOnProperty("assay.archive.folder")
  Archiver archiver(ProjectRules rules, ProcessorProperties properties) {
    return Archiver.follow(rules, properties.settings(), properties.archiveSettings());
  }
}
