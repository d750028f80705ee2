package io.assay.web.system;

import io.assay.stream.app.FailedStart;
import io.assay.web.access.FirstAdministrator;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The web interface. Whoever starts it says by properties where the database is ({@code
 * spring.datasource.*}), on which port to listen ({@code server.port}, 0 for a free one), and where
 * frames are ({@code assay.media.folder}).
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = "io.assay.web")
@ComponentScan(
    basePackages = "io.assay.web",
    excludeFilters =
        @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@ConfigurationPropertiesScan("io.assay.web")
@PropertySource("classpath:assay-web.properties")
@EnableScheduling
public class AssayWeb {
  private static final Logger LOG = LoggerFactory.getLogger(AssayWeb.class);

  /** More than there is to be looked at now and then. */
  private static final int MOST_LOOKS = 16;

  /**
   * Starts with properties from the command line and environment alone. What stands in the way of
   * that is said in a sentence, and with {@code --debug} where, too.
   */
  public static void main(String[] arguments) {
    started(arguments)
        .firstLogin()
        .ifPresent(
            login ->
                System.err.printf(
                    "First administrator: name %s, password %s. This is shown once.%n",
                    login.name(), login.password()));
  }

  private static Running started(String[] arguments) {
    try {
      return start(
          Map.of(),
          Stream.concat(StartFailure.QUIET.stream(), Stream.of(arguments)).toArray(String[]::new));
    } catch (RuntimeException failure) {
      System.err.printf("The web interface did not start: %s%n", StartFailure.text(failure));
      if (List.of(arguments).contains("--debug")) {
        failure.printStackTrace();
      }
      System.exit(1);
      throw failure;
    }
  }

  /** Starts with the given properties, and returns when pages are served. */
  public static Running start(Map<String, Object> properties, String... arguments) {
    return start(properties, Map.of(), arguments);
  }

  /** The same, with health and figures of what else runs in this process, by name. */
  public static Running start(
      Map<String, Object> properties, Map<String, Object> others, String... arguments) {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(AssayWeb.class)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .properties(
                "logging.structured.ecs.service.name=assay-web",
                // Each client tells each attempt; who needs the broker says once what is away.
                "logging.level.org.apache.kafka.clients.NetworkClient=ERROR")
            .initializers(
                started ->
                    started
                        .getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("given", properties)),
                FailedStart::readPorts,
                started -> keepFiguresHere(started.getEnvironment()),
                started -> others.forEach(started.getBeanFactory()::registerSingleton))
            .run(arguments);
    var server = ((WebServerApplicationContext) context).getWebServer();
    int port = server == null ? -1 : server.getPort();
    LOG.info("web interface at http://127.0.0.1:{}/", port);
    return new Running(context, port, firstLogin(context));
  }

  private static Optional<FirstAdministrator.Login> firstLogin(
      ConfigurableApplicationContext context) {
    try {
      return context.getBean(FirstAdministrator.class).make();
    } catch (RuntimeException failed) {
      context.close();
      throw failed;
    }
  }

  /** A port for figures is on this machine alone unless someone says otherwise. */
  private static void keepFiguresHere(ConfigurableEnvironment environment) {
    if (environment.containsProperty("management.server.port")) {
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource("figures", Map.of("management.server.address", "127.0.0.1")));
    }
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * A thread each for what is looked at now and then. With virtual threads Spring has a single one
   * for all that is done again some time after its end: while a key is erased, or old rows go,
   * which takes long, no page would be told that something is new.
   */
  @Bean
  ThreadPoolTaskScheduler taskScheduler() {
    var scheduler = new ThreadPoolTaskScheduler();
    scheduler.setPoolSize(MOST_LOOKS);
    scheduler.setThreadNamePrefix("assay-look-");
    scheduler.setDaemon(true);
    return scheduler;
  }

  /**
   * A started web interface; closing it stops it.
   *
   * @param port where it listens
   * @param firstLogin of the administrator, if this start has made one
   */
  public record Running(
      ConfigurableApplicationContext context,
      int port,
      Optional<FirstAdministrator.Login> firstLogin)
      implements AutoCloseable {
    @Override
    public void close() {
      context.close();
    }
  }
}
