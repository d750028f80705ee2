package io.assay.drill;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One of three brokers. Arguments: its number, its folder, the cluster's id, and the ports of
 * brokers and of controllers, three each.
 */
final class BrokerProcess {
  private static final int BROKERS = 3;

  private BrokerProcess() {}

  public static void main(String[] arguments) throws Exception {
    int node = Integer.parseInt(arguments[0]);
    Path folder = Path.of(arguments[1]);
    if (!Files.exists(folder)) {
      format(node, folder, arguments[2]);
    }
    String[] ports = arguments[3].split(",");
    var config = new KafkaConfig(properties(node, folder, ports), false);
    new KafkaRaftServer(config, Time.SYSTEM).startup();
    Child.serve();
    Runtime.getRuntime().halt(0);
  }

  private static void format(int node, Path folder, String cluster) throws Exception {
    Files.createDirectories(folder);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(node)
        .setClusterId(cluster)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        .run();
  }

  private static Map<String, Object> properties(int node, Path folder, String[] ports) {
    String own = "127.0.0.1:" + ports[node - 1];
    var voters = new StringBuilder();
    for (int i = 1; i <= BROKERS; i++) {
      voters
          .append(i == 1 ? "" : ",")
          .append(i)
          .append("@127.0.0.1:")
          .append(ports[BROKERS + i - 1]);
    }
    Map<String, Object> all = new HashMap<>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", node);
    all.put(
        "listeners",
        "PLAINTEXT://%s,CONTROLLER://127.0.0.1:%s".formatted(own, ports[BROKERS + node - 1]));
    all.put("advertised.listeners", "PLAINTEXT://" + own);
    all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("controller.listener.names", "CONTROLLER");
    all.put("inter.broker.listener.name", "PLAINTEXT");
    all.put("controller.quorum.voters", voters.toString());
    all.put("controller.quorum.election.timeout.ms", "1000");
    all.put("controller.quorum.fetch.timeout.ms", "2000");
    all.put("log.dirs", folder.toString());
    all.put("auto.create.topics.enable", "false");
    all.put("default.replication.factor", "3");
    all.put("min.insync.replicas", "2");
    all.put("offsets.topic.replication.factor", "3");
    all.put("offsets.topic.num.partitions", "6");
    all.put("transaction.state.log.replication.factor", "3");
    all.put("transaction.state.log.min.isr", "2");
    all.put("transaction.state.log.num.partitions", "6");
    all.put("share.coordinator.state.topic.replication.factor", "3");
    all.put("share.coordinator.state.topic.min.isr", "2");
    // Often taken for dead later than this; a drill wants to go on.
    all.put("broker.session.timeout.ms", "3000");
    all.put("broker.heartbeat.interval.ms", "500");
    all.put("group.initial.rebalance.delay.ms", "0");
    all.put("log.cleaner.dedupe.buffer.size", "8388608");
    all.put("num.network.threads", "2");
    all.put("num.io.threads", "4");
    all.put("background.threads", "2");
    return all;
  }
}
