package io.assay.drill;

import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What is killed and paused: three brokers, two processors, a database. */
final class Cluster {
  static final int PARTITIONS = 6;
  private static final int PROCESSORS = 2;

  private final Path folder;
  private final Path rules;
  private final Brokers brokers;
  private final List<Child> processors = new ArrayList<>();
  private final Admin admin;
  private final Stored stored;

  /** {@code started} closes it, also what was started before something failed. */
  Cluster(Path folder, Started started) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.rules = Files.writeString(folder.resolve("drill.assay"), DrillEvents.rules());
    this.brokers = started.add(new Brokers(folder));
    brokers.start();
    this.admin = started.add(Admin.create(Map.of("bootstrap.servers", brokers.servers())));
    createTopics();
    this.stored = started.add(Stored.start(folder.resolve("postgres"), brokers.servers()));
    started.add(() -> processors.forEach(Child::close));
    for (int number = 0; number < PROCESSORS; number++) {
      processors.add(processor(number));
    }
  }

  private void createTopics() {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(new NewTopic(DrillEvents.TOPIC, Optional.of(PARTITIONS), Optional.empty()));
    Topics.standard().plans(PARTITIONS).stream().map(TopicPlan::newTopic).forEach(topics::add);
    try {
      admin.createTopics(topics).all().get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException("the drill's topics could not be made", failure);
    }
  }

  private Child processor(int number) {
    return Child.start(
        "processor-" + number,
        folder.resolve("processor-" + number + ".log"),
        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"),
        ProcessorProcess.class,
        brokers.servers(),
        folder.resolve("state-" + number).toString(),
        rules.toString());
  }

  String servers() {
    return brokers.servers();
  }

  Stored stored() {
    return stored;
  }

  /** Returns once the fault is over: what was killed is started again. */
  void suffer(int round, Fault fault) throws InterruptedException, ExecutionException {
    int processor = round % PROCESSORS;
    switch (fault) {
      case PROCESSOR_KILLED -> {
        processors.get(processor).kill();
        Thread.sleep(fault.lasts());
        processors.set(processor, processor(processor));
      }
      case LEADER_KILLED -> {
        int leader = brokers.leader(admin);
        brokers.kill(leader);
        Thread.sleep(fault.lasts());
        brokers.startAgain(leader);
        brokers.awaitWhole(admin);
      }
      case DATABASE_KILLED -> {
        stored.kill();
        Thread.sleep(fault.lasts());
        stored.startAgain();
      }
      case PROCESSOR_PAUSED -> {
        processors.get(processor).pause();
        Thread.sleep(fault.lasts());
        processors.get(processor).goOn();
      }
    }
  }

  /** Asks the processors to end; how long each took. */
  List<Duration> stopProcessors() {
    return processors.stream().map(Child::stop).toList();
  }

  /** Events that the topic has. */
  long inTopic() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, PARTITIONS)
            .boxed()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(DrillEvents.TOPIC, partition),
                    partition -> OffsetSpec.latest()));
    return admin.listOffsets(ends).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }
}
