package io.assay.bench.stream;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker in a process of its own, so that its CPU time is not ours; ends with its input. */
final class BrokerMain {
  private BrokerMain() {}

  /** {@code arguments}: an empty folder, and two free ports. */
  public static void main(String[] arguments) throws Exception {
    String folder = arguments[0];
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(folder)
        .addDirectory(folder)
        .run();
    var server =
        new KafkaRaftServer(
            new KafkaConfig(properties(folder, arguments[1], arguments[2]), false), Time.SYSTEM);
    server.startup();
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Whoever started it says nothing, and is there as long as the pipe is.
    }
    Runtime.getRuntime().halt(0);
  }

  private static Map<String, Object> properties(String folder, String port, String controller) {
    Map<String, Object> out = new HashMap<>();
    out.put("process.roles", "broker,controller");
    out.put("node.id", 1);
    out.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
    out.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    out.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    out.put("controller.listener.names", "CONTROLLER");
    out.put("inter.broker.listener.name", "PLAINTEXT");
    out.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    out.put("log.dirs", folder);
    out.put("auto.create.topics.enable", "false");
    out.put("offsets.topic.replication.factor", "1");
    out.put("offsets.topic.num.partitions", "8");
    out.put("transaction.state.log.replication.factor", "1");
    out.put("transaction.state.log.min.isr", "1");
    out.put("transaction.state.log.num.partitions", "8");
    out.put("group.initial.rebalance.delay.ms", "0");
    out.put("log.cleaner.dedupe.buffer.size", "33554432");
    return out;
  }
}
