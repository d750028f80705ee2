package io.assay.web.ingest;

import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Broker;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the parts of ingest together; without a broker or rules every request is told so. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {
  @Bean
  DeclaredStreams declaredStreams(IngestSettings settings, ActiveRules active) {
    return new DeclaredStreams(
        active,
        settings.project(),
        Optional.ofNullable(settings.rules())
            .map(path -> DeclaredStreams.compile(path, active.topics())));
  }

  @Bean
  InFlight ingestInFlight(IngestSettings settings) {
    return new InFlight(settings.maxInFlight().toBytes());
  }

  @Bean
  IngestFigures ingestFigures(InFlight inFlight) {
    return new IngestFigures(inFlight);
  }

  /** {@code assay.kafka.*} is what all clients of Kafka need here, such as security. */
  @Bean
  Outbox ingestOutbox(IngestSettings settings, Environment environment) {
    Map<String, String> ofAll =
        Binder.get(environment)
            .bind("assay.kafka", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of());
    return new Outbox(settings, ofAll);
  }

  @Bean
  Forwarding ingestForwarding(IngestSettings settings) {
    return new Forwarding(settings.forward());
  }

  @Bean
  LabelIntake labelIntake(
      IngestSettings settings,
      InFlight inFlight,
      Outbox outbox,
      Environment environment,
      Clock clock) {
    return new LabelIntake(settings, inFlight, outbox, Broker.topics(environment).labels(), clock);
  }

  @Bean
  Intake intake(
      DeclaredStreams streams,
      IngestSettings settings,
      InFlight inFlight,
      Outbox outbox,
      Forwarding forwarding,
      IngestFigures figures) {
    return new Intake(
        streams, settings, inFlight, new Deliveries(outbox, figures), forwarding, figures);
  }
}
