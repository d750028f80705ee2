package io.assay.web.sink;

import io.assay.stream.tracing.Traces;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Bindable;
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
  Sink sink(DataSource database, Environment environment, Traces traces) {
    Binder given = Binder.get(environment);
    SinkSettings settings = given.bind("assay.sink", SinkSettings.class).get();
    // The same for all of ours that talk to the cluster.
    Map<String, String> kafka =
        given.bind("assay.kafka", Bindable.mapOf(String.class, String.class)).orElse(Map.of());
    return Sink.start(database, settings.withKafka(kafka), traces);
  }

  @Bean
  SinkFigures sinkFigures(Sink sink) {
    return new SinkFigures(sink);
  }
}
