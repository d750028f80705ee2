package io.assay.web.ingest;

import io.assay.stream.contract.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How events are taken over HTTP; the properties {@code assay.ingest.*}.
 *
 * @param bootstrapServers of the Kafka cluster; none: that of the sink
 * @param rules a rule file or folder that declares the streams
 * @param project whose rules these are
 * @param maxEvent the most bytes of one event with its headers
 * @param maxEvents the most events of one request
 * @param maxRequest the most bytes of one request, unpacked
 * @param maxInFlight the most bytes that all requests at hand may hold
 * @param answerWithin how long the broker has to acknowledge the events of a request
 * @param sample by project and stream: the share of events that is kept; all where none is said
 * @param kafka settings of Kafka's producer; they win over ours
 */
@ConfigurationProperties("assay.ingest")
record IngestSettings(
    @DefaultValue("") String bootstrapServers,
    @Nullable Path rules,
    @DefaultValue("default") String project,
    @DefaultValue("1MB") DataSize maxEvent,
    @DefaultValue("50000") int maxEvents,
    @DefaultValue("16MB") DataSize maxRequest,
    @DefaultValue("64MB") DataSize maxInFlight,
    @DefaultValue("10s") Duration answerWithin,
    @DefaultValue Map<String, Map<String, Double>> sample,
    @DefaultValue Forward forward,
    @DefaultValue Map<String, String> kafka) {

  /** What an event takes beside its bytes, roughly. */
  static final int EVENT_OVERHEAD = 256;

  /**
   * Where else accepted requests go.
   *
   * @param to addresses that get each request as it came; texts, since Spring shows those that it
   *     cannot convert
   * @param privateNetworks whether these may be in private networks
   * @param queue the most bytes that wait for one address; what is beyond is dropped and counted
   */
  record Forward(
      @DefaultValue List<String> to,
      @DefaultValue("false") boolean privateNetworks,
      @DefaultValue("16MB") DataSize queue) {
    Forward {
      to = List.copyOf(to);
      to.forEach(ForwardTarget::of);
    }

    List<URI> addresses() {
      return to.stream().map(ForwardTarget::of).toList();
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
      return "Forward[%s, %s, %s]"
          .formatted(
              addresses().stream().map(ForwardTarget::shown).toList(), privateNetworks, queue);
    }
  }

  IngestSettings {
    sample =
        sample.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Map.copyOf(e.getValue())));
    kafka = Map.copyOf(kafka);
    requireRange("max-event", maxEvent, 1, Topics.LARGEST_INPUT);
    requireRange("max-request", maxRequest, maxEvent.toBytes(), 1L << 30);
    requireRange("max-in-flight", maxInFlight, most(maxRequest, maxEvents), Integer.MAX_VALUE);
    if (maxEvents < 1) {
      throw new IllegalArgumentException(
          "assay.ingest.max-events needs 1 or more, got " + maxEvents);
    }
    if (answerWithin.toMillis() < 100) {
      throw new IllegalArgumentException(
          "assay.ingest.answer-within needs 100 ms or more, got " + answerWithin);
    }
    sample.forEach(
        (ofProject, shares) ->
            shares.forEach((stream, share) -> requireShare(ofProject, stream, share)));
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "IngestSettings[%s, %s, %s, %s, %s]"
        .formatted(bootstrapServers, rules, project, forward, kafka.keySet());
  }

  private static void requireShare(String project, String stream, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "assay.ingest.sample.%s.%s needs a share of 0 to 1, got %s"
              .formatted(project, stream, share));
    }
  }

  /** One request must always have room when nothing else is at hand. */
  private static long most(DataSize request, int events) {
    return request.toBytes() + (long) EVENT_OVERHEAD * events;
  }

  private static void requireRange(String name, DataSize size, long least, long most) {
    if (size.toBytes() < least || size.toBytes() > most) {
      throw new IllegalArgumentException(
          "assay.ingest.%s needs %d to %d bytes, got %d"
              .formatted(name, least, most, size.toBytes()));
    }
  }
}
