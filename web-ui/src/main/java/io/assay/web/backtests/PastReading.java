package io.assay.web.backtests;

import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.Selection;
import io.assay.web.backtests.BacktestResult.Source;
import io.assay.web.backtests.PastPlans.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A range of events that several rule sets judge: each time the same ones, and told from where. */
final class PastReading {
  private final PastPlans planning;
  private final Map<String, Object> settings;
  private final Optional<Archive> archive;
  private final Extent extent;
  private final Map<StreamType, Plan> plans = new LinkedHashMap<>();
  private final Map<String, Source> sources = new LinkedHashMap<>();

  PastReading(
      PastPlans planning, Map<String, Object> settings, Optional<Archive> archive, Extent extent) {
    this.planning = planning;
    this.settings = settings;
    this.archive = archive;
    this.extent = extent;
  }

  /** What is being read; {@code alive} is called before each event, and throws to stop. */
  Open open(CheckedRules rules, Runnable alive) {
    var open = new Open();
    try {
      for (StreamType stream : judged(rules)) {
        Plan plan = plans.computeIfAbsent(stream, planning::of);
        var events = events(plan, alive);
        open.read.put(plan, events);
        open.recordings.add(new Recording(stream, events));
      }
      return open;
    } catch (RuntimeException failure) {
      open.close();
      throw failure;
    }
  }

  /** Streams with assertions, and those joined to them. */
  private static List<StreamType> judged(CheckedRules rules) {
    Set<String> on =
        rules.assertions().stream()
            .map(CheckedAssertion::on)
            .map(StreamType::name)
            .collect(Collectors.toSet());
    return ConnectedStreams.of(rules).stream()
        .filter(group -> group.stream().anyMatch(stream -> on.contains(stream.name())))
        .flatMap(List::stream)
        .toList();
  }

  private PastPayloads events(Plan plan, Runnable alive) {
    var archived =
        plan.cut()
            .flatMap(
                end ->
                    archive.map(
                        one ->
                            one.events(
                                plan.stream().name(),
                                new Selection(extent.from(), extent.to(), extent.keys()),
                                end)))
            .orElse(null);
    @Nullable TopicPayloads topic =
        plan.from().isEmpty()
            ? null
            : new TopicPayloads(
                new KafkaConsumer<>(
                    settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                what -> new TimeoutException("the broker " + what),
                plan.from(),
                plan.ends());
    return new PastPayloads(archived, topic, alive);
  }

  /** Of all streams that were read, as far as they were. */
  Collection<Source> sources() {
    return List.copyOf(sources.values());
  }

  /** Recordings, and how far they are read. */
  final class Open implements AutoCloseable {
    private final Map<Plan, PastPayloads> read = new LinkedHashMap<>();
    private final List<Recording> recordings = new ArrayList<>();

    List<Recording> recordings() {
      return recordings;
    }

    /** Of all records, in 0 .. 1. */
    double share() {
      double wanted = read.values().stream().mapToDouble(PastPayloads::wanted).sum();
      double done = read.values().stream().mapToDouble(PastPayloads::done).sum();
      return wanted == 0 ? 1 : done / wanted;
    }

    @Override
    public void close() {
      read.forEach(
          (plan, events) -> {
            sources.put(
                plan.stream().name(),
                new Source(
                    plan.stream().name(),
                    plan.stream().topic(),
                    events.fromTopic(),
                    events.fromArchive(),
                    archive.isPresent(),
                    plan.since()
                        .filter(since -> since.getEpochSecond() * 1_000_000_000L > extent.from())
                        .orElse(null),
                    plan.holes()));
            events.close();
          });
    }
  }
}
