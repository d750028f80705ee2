package io.assay.web.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of ingest together; without a broker or rules every request is told so. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {
  @Bean
  DeclaredStreams declaredStreams(IngestSettings settings) {
    return settings.rules() == null
        ? new NoStreams()
        : ConfiguredStreams.read(settings.project(), settings.rules());
  }

  private static final class NoStreams implements DeclaredStreams {
    @Override
    public Optional<Declared> find(String project, String name) {
      return Optional.empty();
    }

    @Override
    public List<String> names(String project) {
      return List.of();
    }
  }

  @Bean
  InFlight ingestInFlight(IngestSettings settings) {
    return new InFlight(settings.maxInFlight().toBytes());
  }

  @Bean
  IngestFigures ingestFigures(MeterRegistry meters, InFlight inFlight) {
    return new IngestFigures(meters, inFlight);
  }

  @Bean
  Outbox ingestOutbox(IngestSettings settings) {
    return new Outbox(settings);
  }

  @Bean
  Forwarding ingestForwarding(IngestSettings settings) {
    return new Forwarding(settings.forward());
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
