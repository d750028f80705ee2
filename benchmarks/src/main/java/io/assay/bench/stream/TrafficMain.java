package io.assay.bench.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events at a steady rate, and sees how long what comes of them took: from when an event was
 * due to be sent until its output could be read, by one clock. Says the median and the 99th
 * percentile, in milliseconds.
 */
final class TrafficMain {
  private static final int VEHICLES = 10_000;
  private static final byte[] AT = "\"at\":".getBytes(StandardCharsets.UTF_8);

  private TrafficMain() {}

  /** {@code arguments}: broker, input, output, events a second, seconds to warm up, seconds. */
  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0];
    int rate = Integer.parseInt(arguments[3]);
    int warm = Integer.parseInt(arguments[4]);
    int seconds = Integer.parseInt(arguments[5]);
    long start = System.currentTimeMillis() + 200;
    Thread sender =
        Thread.ofPlatform().start(() -> send(broker, arguments[1], rate, warm + seconds, start));
    double[] took =
        receive(broker, arguments[2], start + 1000L * warm, start + 1000L * (warm + seconds));
    sender.join();
    Arrays.sort(took);
    System.out.printf("%f %f %d%n", quantile(took, 0.5), quantile(took, 0.99), took.length);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))];
  }

  private static void send(String broker, String topic, int rate, int seconds, long start) {
    var camera = new CameraEvents(7);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < rate * seconds; i++) {
        long due = start + 1000L * i / rate;
        while (System.currentTimeMillis() < due) {
          LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
        int vehicle = i % VEHICLES;
        byte[] event = camera.event(vehicle, i / VEHICLES, due);
        var unused = producer.send(new ProducerRecord<>(topic, CameraEvents.key(vehicle), event));
      }
    }
  }

  /** Of the events that were due within the time. */
  private static double[] receive(String broker, String topic, long from, long until) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "latest",
            "fetch.min.bytes",
            1);
    var took = new double[1 << 16];
    int count = 0;
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      while (System.currentTimeMillis() < until + 3000) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(50))) {
          long due = due(one);
          if (due >= from && due < until) {
            took = count == took.length ? Arrays.copyOf(took, 2 * count) : took;
            took[count++] = System.currentTimeMillis() - due;
          }
        }
      }
    }
    return Arrays.copyOf(took, count);
  }

  /** Violations have the deciding event's time in a header; events in themselves. */
  private static long due(ConsumerRecord<byte[], byte[]> one) {
    Header header = one.headers().lastHeader("event-time");
    if (header != null) {
      return Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
    }
    byte[] value = one.value();
    int at = 0;
    while (!Arrays.equals(value, at, at + AT.length, AT, 0, AT.length)) {
      at++;
    }
    long due = 0;
    for (int i = at + AT.length; value[i] >= '0' && value[i] <= '9'; i++) {
      due = 10 * due + value[i] - '0';
    }
    return due;
  }
}
