package io.assay.web.sink;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Runs a sink in every instance of the web interface that is told of a Kafka cluster. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("assay.sink.bootstrap-servers")
class SinkConfiguration {
  @Bean(destroyMethod = "close")
  @DependsOnDatabaseInitialization
  Sink sink(DataSource database, Environment environment) {
    return Sink.start(
        database, Binder.get(environment).bind("assay.sink", SinkSettings.class).get());
  }
}
