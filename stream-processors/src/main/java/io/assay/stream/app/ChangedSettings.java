package io.assay.stream.app;

import io.assay.stream.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The same settings, of which some are about to be others. */
final class ChangedSettings {
  private final String bootstrapServers;
  String project;
  Topics topics;
  private final Path stateFolder;
  private final int partitions;
  boolean exactlyOnce;
  boolean keyed;
  int threads;
  int standbyReplicas;
  private final Duration commitEvery;
  private final Duration countsEvery;
  Duration idleAfter;
  Duration pairingPatience;
  Duration quietAfter;
  private final double imputeLeast;
  private final Duration assertionBudget;
  Map<String, String> kafka;

  ChangedSettings(ProcessorSettings of) {
    bootstrapServers = of.bootstrapServers();
    project = of.project();
    topics = of.topics();
    stateFolder = of.stateFolder();
    partitions = of.partitions();
    exactlyOnce = of.exactlyOnce();
    keyed = of.keyed();
    threads = of.threads();
    standbyReplicas = of.standbyReplicas();
    commitEvery = of.commitEvery();
    countsEvery = of.countsEvery();
    idleAfter = of.idleAfter();
    pairingPatience = of.pairingPatience();
    quietAfter = of.quietAfter();
    imputeLeast = of.imputeLeast();
    assertionBudget = of.assertionBudget();
    kafka = of.kafka();
  }

  ProcessorSettings settings() {
    return new ProcessorSettings(
        bootstrapServers,
        project,
        topics,
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
}
