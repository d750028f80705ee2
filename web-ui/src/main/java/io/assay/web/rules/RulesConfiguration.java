package io.assay.web.rules;

import io.assay.stream.contract.Topics;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Where the rules' topic is: the broker and prefix that the sink reads, too. */
@Configuration(proxyBeanMethods = false)
class RulesConfiguration {
  private static final String SERVERS = "assay.sink.bootstrap-servers";

  @Bean(destroyMethod = "close")
  ActiveRules activeRules(Environment environment) {
    return environment.containsProperty(SERVERS)
        ? ActiveRules.follow(clients(environment), topics(environment))
        : ActiveRules.none();
  }

  /** Of Kafka's clients; {@code assay.kafka.*} says what else they need, such as security. */
  static Map<String, Object> clients(Environment environment) {
    var clients = new HashMap<String, Object>();
    clients.putAll(
        Binder.get(environment)
            .bind("assay.kafka", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of()));
    clients.put("bootstrap.servers", environment.getRequiredProperty(SERVERS));
    return clients;
  }

  static Topics topics(Environment environment) {
    return new Topics(environment.getProperty("assay.sink.prefix", Topics.DEFAULT_PREFIX));
  }
}
