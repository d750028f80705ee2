package io.assay.web.observe;

import io.assay.stream.metrics.Scraped;
import io.assay.stream.metrics.Scrapes;
import io.assay.stream.tracing.Traces;
import io.assay.stream.tracing.TracingSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has all who have figures asked when Prometheus asks, and traces told where someone wants them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
class ObserveConfiguration {
  @Bean(destroyMethod = "close")
  Traces traces(TracingSettings settings) {
    return Traces.of(settings, "assay-web");
  }

  @Bean
  @DependsOnDatabaseInitialization
  StoredFigures storedFigures(DataSource database) {
    return new StoredFigures(database);
  }

  @Bean
  SmartInitializingSingleton scrapes(
      ObjectProvider<PrometheusRegistry> registry, ObjectProvider<Scraped> asked) {
    return () -> registry.ifAvailable(to -> Scrapes.register(to, asked.orderedStream()));
  }
}
