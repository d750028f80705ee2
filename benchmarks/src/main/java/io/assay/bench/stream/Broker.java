package io.assay.bench.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in a process and a folder of its own. */
final class Broker implements AutoCloseable {
  private final Path folder;
  private final String address;
  private final ChildProcess process;

  private Broker(Path folder, String address, ChildProcess process) {
    this.folder = folder;
    this.address = address;
    this.process = process;
  }

  static Broker start() {
    try {
      Path folder = Files.createTempDirectory("assay-bench-stream");
      String port = freePort();
      ChildProcess process =
          ChildProcess.start(
              BrokerMain.class,
              "1g",
              List.of(folder.resolve("kafka").toString(), port, freePort()));
      process.await("ready");
      return new Broker(folder, "127.0.0.1:" + port, process);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  String address() {
    return address;
  }

  /** For what else belongs to a measurement. */
  Path folder(String name) {
    return folder.resolve(name);
  }

  void createTopic(String name, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException("the topic " + name + " could not be made", failure);
    }
  }

  void deleteTopic(String name) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin.deleteTopics(List.of(name)).all().get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException("the topic " + name + " could not be deleted", failure);
    }
  }

  /** Events of so many vehicles in turn, a tenth of a second from one to the next of each. */
  void fill(String topic, int vehicles, int events) {
    var camera = new CameraEvents(5);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", address, "linger.ms", 20, "batch.size", 262_144),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long start = System.currentTimeMillis() - 100L * (events / vehicles + 1);
      for (int i = 0; i < events; i++) {
        int frame = i / vehicles;
        byte[] event = camera.event(i % vehicles, frame, start + 100L * frame);
        var unused =
            producer.send(new ProducerRecord<>(topic, CameraEvents.key(i % vehicles), event));
      }
    }
  }

  @Override
  public void close() {
    process.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException left) {
      System.err.println("assay: " + folder + " could not be deleted: " + left.getMessage());
    }
  }
}
