package io.assay.web.rounds;

import io.assay.web.system.Broker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Where events are drawn from. */
@Configuration(proxyBeanMethods = false)
class RoundsConfiguration {
  @Bean
  RandomShare randomShare(Environment environment) {
    return new RandomShare(Broker.clients(environment).map(RandomEvents::new));
  }
}
