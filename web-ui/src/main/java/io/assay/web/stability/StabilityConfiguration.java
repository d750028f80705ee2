package io.assay.web.stability;

import io.assay.web.access.Audit;
import io.assay.web.system.AuditedWrites;
import io.assay.web.system.Broker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/** Where releases are accepted. */
@Configuration(proxyBeanMethods = false)
class StabilityConfiguration {
  @Bean
  Acceptances acceptances(Environment environment, Audit audit, TransactionTemplate transactions) {
    return new Acceptances(
        new AuditedWrites(Broker.clients(environment), audit, transactions),
        Broker.topics(environment));
  }
}
