package io.assay.stream.app;

import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.contract.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the service, from its configuration file and the environment.
 *
 * @param rules a rule file, or a folder whose {@code *.assay} files are the rules, their home;
 *     without it they are published by others, in the web
 * @param takeRulesHome whether rules whose home is the web get it here
 * @param parameters values of the rules' {@code param}s that replace those in the text
 * @param readyLag records of one stream that wait, beyond which the service is not ready
 * @param archive where past events are kept; nowhere unless it has a folder
 * @param kafka settings of Kafka's clients, such as {@code security.protocol}
 */
@ConfigurationProperties("assay")
public record ProcessorProperties(
    @Nullable Path rules,
    @DefaultValue("false") boolean takeRulesHome,
    @DefaultValue Map<String, String> parameters,
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue("data/streams") Path stateFolder,
    @DefaultValue(ProcessorSettings.DEFAULT_PROJECT) String project,
    @DefaultValue(Topics.DEFAULT_PREFIX) String prefix,
    @DefaultValue("4") int partitions,
    @DefaultValue("true") boolean exactlyOnce,
    @DefaultValue("false") boolean keyed,
    @DefaultValue("1") int threads,
    @DefaultValue("0") int standbyReplicas,
    @DefaultValue("100ms") Duration commitEvery,
    @DefaultValue("500ms") Duration countsEvery,
    @DefaultValue("2s") Duration idleAfter,
    @DefaultValue("30s") Duration pairingPatience,
    @DefaultValue("1m") Duration quietAfter,
    @DefaultValue("0") double imputeLeast,
    @DefaultValue("1ms") Duration assertionBudget,
    @DefaultValue("100000") long readyLag,
    @Nullable Archived archive,
    @DefaultValue Map<String, String> kafka) {

  /** Settings of the archive. */
  public record Archived(
      Path folder,
      @DefaultValue("30d") Duration keepFor,
      @DefaultValue("100GB") DataSize keepBytes,
      @DefaultValue("10m") Duration rollEvery) {

    ArchiveSettings settings() {
      return ArchiveSettings.in(folder).keep(keepFor, keepBytes.toBytes()).rollEvery(rollEvery);
    }
  }

  public ProcessorProperties {
    parameters = Map.copyOf(parameters);
    if (readyLag < 0) {
      throw new IllegalArgumentException("assay.ready-lag needs 0 or more, got " + readyLag);
    }
    if (rules != null && !Files.exists(rules)) {
      throw new IllegalArgumentException(
          "assay.rules needs a rule file, or a folder with *.assay files; %s does not exist"
              .formatted(rules.toAbsolutePath()));
    }
  }

  /** What is the same with and without Spring, and checked there. */
  ProcessorSettings settings() {
    return new ProcessorSettings(
        bootstrapServers,
        project,
        new Topics(prefix),
        stateFolder,
        partitions,
        exactlyOnce,
        keyed,
        threads,
        standbyReplicas,
        commitEvery,
        countsEvery,
        idleAfter,
        pairingPatience,
        quietAfter,
        imputeLeast,
        assertionBudget,
        kafka);
  }

  ArchiveSettings archiveSettings() {
    return Objects.requireNonNull(archive, "asked for only where there is a folder").settings();
  }

  RuleFolder.Source ruleSource() {
    return new RuleFolder.Source(
        Objects.requireNonNull(rules, "asked for only where it is set"), parameters, takeRulesHome);
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "ProcessorProperties[%s, %s, %s, %s]"
        .formatted(bootstrapServers, project, stateFolder, kafka.keySet());
  }
}
