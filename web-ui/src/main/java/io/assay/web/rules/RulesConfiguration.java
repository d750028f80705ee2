package io.assay.web.rules;

import io.assay.stream.contract.RuleFollower;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Access;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
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
        : ActiveRules.none(topics(environment));
  }

  @Bean
  RulePublishing rulePublishing(
      Environment environment, ActiveRules active, Access access, Clock clock) {
    Optional<RuleWriter> writer =
        environment.containsProperty(SERVERS)
            ? Optional.of(new RuleWriter(clients(environment), topics(environment)))
            : Optional.empty();
    return new RulePublishing(writer, active, new TopicRights(active, access), clock);
  }

  /** Writes the history, whoever publishes; a database that is away is waited for. */
  @Bean(destroyMethod = "close")
  @ConditionalOnProperty(SERVERS)
  @DependsOnDatabaseInitialization
  RuleFollower ruleRecorder(Environment environment, RuleHistory history) {
    return RuleFollower.start(clients(environment), topics(environment), history::record);
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
