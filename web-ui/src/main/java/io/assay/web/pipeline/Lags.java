package io.assay.web.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Who reads what in a project, and how far they are, from what the broker and the database know.
 */
final class Lags {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final BrokerState state;
  private final GroupNames names;
  private final String project;

  Lags(BrokerState state, GroupNames names, String project) {
    this.state = state;
    this.names = names;
    this.project = project;
  }

  /**
   * Those that are furthest behind first.
   *
   * @param stored where the sink is: its own positions count, not the group's
   */
  List<Lag> all(List<PipelineQueries.Stored> stored) {
    List<Lag> found = new ArrayList<>();
    state
        .groups()
        .forEach(
            (name, group) ->
                names
                    .of(project, name)
                    .ifPresent(
                        known ->
                            found.addAll(
                                of(
                                    known,
                                    group,
                                    known.work() == GroupNames.Work.STORES
                                        ? positions(stored)
                                        : group.committed()))));
    found.sort(
        Comparator.comparingLong(Lag::sum)
            .reversed()
            .thenComparing(Lag::group)
            .thenComparing(Lag::topic));
    return found;
  }

  private static Map<TopicPartition, Long> positions(List<PipelineQueries.Stored> stored) {
    return stored.stream()
        .collect(
            Collectors.toMap(
                PipelineQueries.Stored::partition, PipelineQueries.Stored::next, (a, b) -> a));
  }

  private List<Lag> of(
      GroupNames.Known known, BrokerState.Group group, Map<TopicPartition, Long> positions) {
    Map<TopicPartition, String> readers = new HashMap<>();
    group
        .members()
        .forEach(member -> member.assigned().forEach(one -> readers.put(one, member.client())));
    var partitions = new TreeMap<TopicPartition, Long>(ORDER);
    readers.keySet().forEach(one -> partitions.put(one, -1L));
    partitions.putAll(positions);
    Map<String, List<Lag.Partition>> topics = new TreeMap<>();
    partitions.forEach(
        (partition, next) -> {
          Long end = state.ends().get(partition);
          topics
              .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
              .add(
                  new Lag.Partition(
                      partition.partition(),
                      next,
                      end == null ? -1 : end,
                      readers.getOrDefault(partition, "")));
        });
    List<Lag> all = new ArrayList<>();
    topics.forEach(
        (topic, own) ->
            all.add(new Lag(known.group(), known.work(), known.of(), group.state(), topic, own)));
    return all;
  }

  /**
   * Who reads for a project, and what they hold.
   *
   * @param partitions how many
   */
  record Instance(
      String group,
      GroupNames.Work work,
      String of,
      String client,
      String host,
      String holds,
      int partitions) {}

  List<Instance> instances() {
    List<Instance> found = new ArrayList<>();
    state
        .groups()
        .forEach(
            (name, group) ->
                names
                    .of(project, name)
                    .ifPresent(
                        known ->
                            group.members().forEach(member -> found.add(instance(known, member)))));
    found.sort(
        Comparator.comparing(Instance::host)
            .thenComparing(Instance::group)
            .thenComparing(Instance::client));
    return found;
  }

  private static Instance instance(GroupNames.Known known, BrokerState.Member member) {
    Map<String, List<Integer>> topics =
        member.assigned().stream()
            .collect(
                Collectors.groupingBy(
                    TopicPartition::topic,
                    TreeMap::new,
                    Collectors.mapping(TopicPartition::partition, Collectors.toList())));
    String holds =
        topics.entrySet().stream()
            .map(
                one ->
                    one.getKey()
                        + ' '
                        + one.getValue().stream()
                            .sorted()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; "));
    return new Instance(
        known.group(),
        known.work(),
        known.of(),
        member.client(),
        member.host().replaceFirst("^/", ""),
        holds,
        member.assigned().size());
  }
}
