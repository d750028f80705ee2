package io.assay.web.pipeline;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleUse;
import io.assay.web.rules.ActiveRules;
import io.assay.web.rules.RuleUsage;
import io.assay.web.system.Broker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Puts together what broker, processors and database say of the flow of a project's events. */
@Component
class Pipeline implements AutoCloseable {
  private static final int MINUTES = 10;

  private final PipelineQueries queries;
  private final ActiveRules rules;
  private final RuleUsage usage;
  private final Clock clock;
  private final String consumer;
  private final GroupNames names;
  private final Optional<Latest<BrokerState>> broker;

  /** Kept: to connect takes longer than to ask. */
  private @Nullable Admin admin;

  Pipeline(
      PipelineQueries queries,
      ActiveRules rules,
      RuleUsage usage,
      Environment environment,
      Clock clock) {
    this.queries = queries;
    this.rules = rules;
    this.usage = usage;
    this.clock = clock;
    this.consumer = environment.getProperty("assay.sink.consumer", "sink");
    var topics = Broker.topics(environment);
    this.names = new GroupNames(topics, topics.prefix() + '-' + consumer);
    this.broker =
        Broker.clients(environment)
            .map(
                clients ->
                    new Latest<>(
                        () -> look(clients), failure -> Broker.told(clients, failure), clock));
  }

  /** Groups of all projects at once: who looks at one is answered from the same look. */
  private BrokerState look(Map<String, Object> clients) {
    Admin open = admin(clients);
    String prefix = names.topics().prefix();
    Set<TopicPartition> stored = new HashSet<>();
    queries.stored(consumer).forEach(one -> stored.add(one.partition()));
    return new BrokerLook(
            open, group -> group.startsWith(prefix + '-') || group.startsWith(prefix + '.'), stored)
        .look();
  }

  private synchronized Admin admin(Map<String, Object> clients) {
    Admin open = admin;
    if (open == null) {
      open = Admin.create(BrokerLook.hasty(clients));
      admin = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  /**
   * All of it.
   *
   * @param trouble why what the broker knows is not known, or not of now; empty where it is
   * @param asked when the broker was asked; empty where it has not answered yet
   * @param refused what it would not tell
   * @param skipped records that the sink could not store
   * @param costsOf the generation of rules that costs are of; 0 where there is none
   */
  record View(
      boolean connected,
      String trouble,
      Optional<Instant> asked,
      List<String> refused,
      List<FlowOfStream> streams,
      List<Lag> lags,
      List<Lags.Instance> instances,
      List<PipelineQueries.Lease> leases,
      long skipped,
      long costsOf,
      List<RuleCost> costs) {}

  View of(String project) {
    Instant now = clock.instant();
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    Optional<Latest.Told<BrokerState>> told = broker.map(Latest::get);
    Optional<BrokerState> state = told.flatMap(Latest.Told::value);
    List<PipelineQueries.Stored> stored = queries.stored(consumer);
    Optional<Lags> lags = state.map(known -> new Lags(known, names, project));
    List<Lag> all = lags.map(known -> known.all(stored)).orElse(List.of());
    long generation = rules.generation(project).map(RuleGeneration::number).orElse(0L);
    List<RuleUse> uses = usage.of(project).map(RuleUsage.Told::uses).orElse(List.of());
    return new View(
        broker.isPresent(),
        told.map(Latest.Told::trouble).orElse(""),
        told.flatMap(Latest.Told::at),
        state.map(BrokerState::refused).orElse(List.of()).stream().filter(this::isShown).toList(),
        streams(project, minute, now, all),
        all,
        lags.map(Lags::instances).orElse(List.of()),
        queries.leases(),
        stored.stream().mapToLong(PipelineQueries.Stored::skipped).sum(),
        generation,
        RuleCost.of(
            uses, generation, queries.seen(project, minute.minus(1, ChronoUnit.HOURS), minute)));
  }

  /** What is refused of other projects' groups names these. */
  private boolean isShown(String refused) {
    return refused.startsWith(names.sink());
  }

  private List<FlowOfStream> streams(String project, Instant minute, Instant now, List<Lag> lags) {
    Map<String, Long> events =
        queries.events(project, minute.minus(MINUTES, ChronoUnit.MINUTES), minute);
    Map<String, PipelineQueries.Times> times =
        queries.times(project, now.minus(Duration.ofHours(1)), now);
    Map<String, Long> late = queries.late(project, now.minus(Duration.ofDays(1)));
    Map<String, Long> dead = queries.putAside(project, now.minus(Duration.ofDays(1)));
    var streams = new TreeSet<>(events.keySet());
    streams.addAll(late.keySet());
    streams.addAll(dead.keySet());
    Optional<CheckedRules> checked = rules.of(project);
    checked.ifPresent(known -> known.streams().forEach(stream -> streams.add(stream.name())));
    return streams.stream()
        .map(
            name ->
                new FlowOfStream(
                    name,
                    events.getOrDefault(name, 0L) / (MINUTES * 60.0),
                    Optional.ofNullable(times.get(name)),
                    late.getOrDefault(name, 0L),
                    dead.getOrDefault(name, 0L),
                    checked
                        .flatMap(known -> known.stream(name))
                        .flatMap(s -> lag(s.topic(), lags))))
        .toList();
  }

  private static Optional<Long> lag(String topic, List<Lag> lags) {
    List<Lag> own =
        lags.stream()
            .filter(lag -> lag.work() == GroupNames.Work.JUDGES && lag.topic().equals(topic))
            .toList();
    return own.isEmpty() ? Optional.empty() : Optional.of(own.stream().mapToLong(Lag::sum).sum());
  }
}
