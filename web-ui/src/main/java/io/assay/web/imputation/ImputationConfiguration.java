package io.assay.web.imputation;

import io.assay.web.access.Audit;
import io.assay.web.system.AuditedWrites;
import io.assay.web.system.Broker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the imputers' topic is. */
@Configuration(proxyBeanMethods = false)
class ImputationConfiguration {
  @Bean(destroyMethod = "close")
  KnownImputers knownImputers(Environment environment) {
    return KnownImputers.follow(Broker.clients(environment), Broker.topics(environment));
  }

  @Bean
  Wishes imputerWishes(Environment environment, Audit audit, TransactionTemplate transactions) {
    return new Wishes(
        new AuditedWrites(Broker.clients(environment), audit, transactions),
        Broker.topics(environment));
  }
}
