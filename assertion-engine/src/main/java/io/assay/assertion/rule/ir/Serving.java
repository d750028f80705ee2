package io.assay.assertion.rule.ir;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The serving stack whose records become a stream's events.
 *
 * @param only the inference service or model that is meant, where a topic has those of several
 * @param requests the topic of the requests
 * @param responses the topic of the responses; the same where both come in one
 * @param withinNanos how long one of a pair waits for the other; 0 where there are no pairs
 * @param rows whether each row of a batch is an event; else each request is
 */
public record Serving(
    Format format,
    Optional<String> only,
    String requests,
    String responses,
    long withinNanos,
    boolean rows) {

  /** What wrote the records. */
  public enum Format {
    /** KServe's logger: CloudEvents with V1 or V2 bodies. */
    KSERVE,
    /** Seldon Core 1: headers of its own, and bodies of three kinds. */
    SELDON1,
    /** Seldon Core 2: V2 messages as protobuf. */
    SELDON2,
    /** MLServer on Kafka: V2 bodies. */
    MLSERVER,
    /** TensorFlow's predict API: instances and predictions. */
    V1,
    /** The Open Inference Protocol, as JSON or protobuf. */
    V2,
    /** BentoML's monitor: a line for each prediction. */
    BENTOML,
    /** Any CloudEvents; each is an event by itself. */
    CLOUDEVENTS;

    /** As rules write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether requests and responses are records of their own. */
    public boolean isPaired() {
      return this != CLOUDEVENTS && this != BENTOML;
    }

    /** Whether nothing but the topic tells a request from a response. */
    public boolean needsTwoTopics() {
      return this == SELDON2;
    }
  }

  public Serving {
    if (format.isPaired() != (withinNanos > 0)) {
      throw new IllegalArgumentException(
          "serving %s needs %s, got %d ns"
              .formatted(format.word(), format.isPaired() ? "a bound" : "no bound", withinNanos));
    }
  }

  /** One, or two. */
  public List<String> topics() {
    return Stream.of(requests, responses).distinct().toList();
  }
}
