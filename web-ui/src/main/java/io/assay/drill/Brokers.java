package io.assay.drill;

import io.assay.embedded.RestartedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/** Three brokers, each a process, that keep every record three times. */
final class Brokers implements AutoCloseable {
  private static final int COUNT = 3;
  private static final Duration WHOLE_WITHIN = Duration.ofMinutes(2);

  /** Small, as three of them and their users share a machine. */
  private static final List<String> JVM = List.of("-Xmx320m", "-XX:TieredStopAtLevel=1");

  private final Path folder;
  private final String cluster = Uuid.randomUuid().toString();
  private final List<Integer> ports =
      IntStream.range(0, 2 * COUNT).mapToObj(i -> RestartedDatabase.freePort()).distinct().toList();
  private final Map<Integer, Child> children = new ConcurrentHashMap<>();

  Brokers(Path folder) {
    this.folder = folder;
    if (ports.size() != 2 * COUNT) {
      throw new IllegalStateException("a drill needs " + 2 * COUNT + " free ports, got " + ports);
    }
  }

  /** Each waits for the others, so they start at once; where one fails, the others are known. */
  void start() {
    CompletableFuture.allOf(
            IntStream.rangeClosed(1, COUNT)
                .mapToObj(
                    node ->
                        CompletableFuture.runAsync(
                            () -> start(node), each -> Thread.ofPlatform().daemon().start(each)))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private void start(int node) {
    Child child =
        Child.start(
            "broker-" + node,
            folder.resolve("broker-" + node + ".log"),
            JVM,
            BrokerProcess.class,
            Integer.toString(node),
            folder.resolve("broker-" + node).toString(),
            cluster,
            ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
    children.put(node, child);
  }

  String servers() {
    return ports.subList(0, COUNT).stream()
        .map(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(","));
  }

  /** The controller's leader: it leads a third of the partitions, too. */
  int leader(Admin admin) throws InterruptedException, ExecutionException {
    return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
  }

  void kill(int node) {
    Objects.requireNonNull(children.get(node)).kill();
  }

  void startAgain(int node) {
    start(node);
  }

  /** Waits until every record is kept three times again. */
  void awaitWhole(Admin admin) throws InterruptedException {
    long end = System.nanoTime() + WHOLE_WITHIN.toNanos();
    while (!isWhole(admin)) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "brokers did not come together again within " + WHOLE_WITHIN);
      }
      Thread.sleep(200);
    }
  }

  private static boolean isWhole(Admin admin) throws InterruptedException {
    try {
      Set<String> topics = admin.listTopics().names().get();
      Map<String, TopicDescription> all = admin.describeTopics(topics).allTopicNames().get();
      return all.values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == COUNT);
    } catch (ExecutionException notNow) {
      return false;
    }
  }

  /** Killed, all at once: the last of them without the others would not end. */
  @Override
  public void close() {
    children.values().forEach(Child::kill);
  }
}
