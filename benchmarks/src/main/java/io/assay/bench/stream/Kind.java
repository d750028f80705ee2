package io.assay.bench.stream;

import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.contract.Topics;

/** What is compared. */
enum Kind {
  /** Bytes in, the same bytes out: what Kafka Streams costs alone. */
  PASSTHROUGH("passthrough"),
  /** JSON in, the same JSON out by Jackson's tree: what a program costs that changes a field. */
  JSON_REWRITE("jsonRewrite"),
  /** Ten assertions, four with state; violations, counts and state out. */
  JUDGED("judged");

  private final String title;

  Kind(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Started on a topic, with outputs of its own under a name that is new. */
  Subject start(Broker broker, String input, String name, ProcessorSettings settings) {
    ProcessorSettings own = settings.in("bench", new Topics(name));
    return switch (this) {
      case PASSTHROUGH -> {
        broker.createTopic(name, settings.partitions());
        yield PlainSubject.passthrough(input, name, own);
      }
      case JSON_REWRITE -> {
        broker.createTopic(name, settings.partitions());
        yield PlainSubject.jsonRewrite(input, name, own);
      }
      case JUDGED -> new JudgedSubject(input, own);
    };
  }
}
