package io.assay.web.rules;

import io.assay.stream.contract.RuleFollower;
import io.assay.stream.contract.RuleUses;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Access;
import io.assay.web.backtests.Backtests;
import io.assay.web.system.Broker;
import io.assay.web.violations.PrivateText;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the rules' topic is. */
@Configuration(proxyBeanMethods = false)
class RulesConfiguration {
  @Bean(destroyMethod = "close")
  ActiveRules activeRules(Environment environment) {
    Topics topics = Broker.topics(environment);
    return Broker.clients(environment)
        .map(clients -> ActiveRules.follow(clients, topics))
        .orElseGet(() -> ActiveRules.none(topics));
  }

  @Bean
  RulePublishing rulePublishing(
      Environment environment,
      ActiveRules active,
      Access access,
      RuleProposals proposals,
      Clock clock) {
    return new RulePublishing(
        Broker.clients(environment), active, new TopicRights(active, access), proposals, clock);
  }

  @Bean(destroyMethod = "close")
  @DependsOnDatabaseInitialization
  Backtests backtests(
      Environment environment, JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
    Optional<Map<String, Object>> clients = Broker.clients(environment);
    var around =
        new Backtests.Surroundings(
            clients,
            Optional.ofNullable(environment.getProperty("assay.archive.folder")).map(Path::of),
            failure -> Broker.told(clients.orElse(Map.of()), failure),
            text -> PrivateText.shown(text, false));
    return Backtests.start(jdbc, transactions, around, clock);
  }

  @Bean(destroyMethod = "close")
  RuleUsage ruleUsage(Environment environment, Clock clock) {
    Topics topics = Broker.topics(environment);
    return new RuleUsage(
        Broker.clients(environment).map(clients -> () -> RuleUses.all(clients, topics)), clock);
  }

  /** Writes the history, whoever publishes; a database that is away is waited for. */
  @Bean(destroyMethod = "close")
  @ConditionalOnProperty(Broker.SERVERS)
  @DependsOnDatabaseInitialization
  RuleFollower ruleRecorder(Environment environment, RuleHistory history) {
    return RuleFollower.start(
        Broker.clients(environment).orElseThrow(), Broker.topics(environment), history::record);
  }
}
