package io.assay.stream.app;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The service that runs alone: as many as wanted, each with a state folder of its own. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ProcessorProperties.class)
public class ProcessorService {

  public static void main(String[] arguments) {
    var application = new SpringApplication(ProcessorService.class);
    // The processors' threads end with the process; this keeps it until it is told to stop.
    application.setKeepAlive(true);
    // Not in a file: web-ui has this module in its class path, and settings of its own.
    application.setDefaultProperties(
        Map.of(
            "logging.level.org.apache.kafka",
            "WARN",
            // A broker that is away is told of once, by the stream that waits for it.
            "logging.level.org.apache.kafka.clients.NetworkClient",
            "ERROR",
            "spring.main.banner-mode",
            "off"));
    application.run(arguments);
  }

  @Bean
  CheckedRules rules(ProcessorProperties properties) {
    List<SourceFile> texts = RuleTexts.read(properties.rulesPath());
    Compilation compilation = new RuleCompiler().compile(texts, properties.parameters());
    return compilation
        .rules()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the rules have errors:\n"
                        + new IssueRenderer(texts).render(compilation.issues())));
  }

  @Bean(destroyMethod = "close")
  StreamProcessors processors(CheckedRules rules, ProcessorProperties properties) {
    return StreamProcessors.start(rules, properties.settings());
  }

  /** Past events are kept where someone says where. */
  @Bean(destroyMethod = "close")
  @ConditionalOnProperty("assay.archive.folder")
  Archiver archiver(CheckedRules rules, ProcessorProperties properties) {
    return Archiver.start(rules, properties.settings(), properties.archiveSettings());
  }
}
