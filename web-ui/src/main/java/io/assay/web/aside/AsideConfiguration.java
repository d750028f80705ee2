package io.assay.web.aside;

import io.assay.web.access.Audit;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Broker;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/** Where records put aside are, and the archive by which they can be judged later. */
@Configuration(proxyBeanMethods = false)
class AsideConfiguration {
  @Bean
  AsideRecords asideRecords(Environment environment) {
    return new AsideRecords(Broker.clients(environment), Broker.topics(environment));
  }

  @Bean
  Replays replays(
      Environment environment,
      AsideRecords records,
      ActiveRules rules,
      Audit audit,
      TransactionTemplate transactions,
      Clock clock) {
    Optional<Path> archive =
        Optional.ofNullable(environment.getProperty("assay.archive.folder")).map(Path::of);
    return new Replays(records, rules, archive, audit, transactions, clock);
  }
}
