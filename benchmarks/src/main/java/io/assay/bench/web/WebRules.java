package io.assay.bench.web;

import java.util.List;
import java.util.stream.IntStream;

/** As many assertions as are asked for, over four streams, with alerts. */
@SuppressWarnings("InlineFormatString") // Rules read as rules, apart from what fills them in.
final class WebRules {
  static final List<String> STREAMS = List.of("camera", "lidar", "loans", "ranking");

  private static final String STREAM =
      """
      model %1$s_model "a model of %1$s" owner "%1$s-team"
      stream %1$s from topic "bench.%1$s" {
        model %1$s_model version release
        key key string
        time at timestamp(millis)
        score ratio
        speed double
      %2$s}
      """;

  /** On some streams: what is judged there is counted by these, too. */
  private static final String SLICES =
      """
        slice fast = speed > 20.0
        slice sure = score > 0.9
      """;

  static final List<String> SLICED = List.of("camera", "lidar");

  private static final String GROUPS =
      """
      model words_model "query expansion" owner "search" reads words
      embeddings words from topic "bench.words" { item word string version release string vector 4 }
      stream applications from topic "bench.applications" {
        key applicant string
        time at timestamp(millis)
        features { income double? age int? region enum("north", "south", "east", "west")? }
        impute features every 6h from last 50000 events
      }
      assertion steady on words { compare release with previous expect eis <= 0.1 mode active }
      """;

  private WebRules() {}

  /** The name of an assertion by its number, from 0. */
  static String name(int number) {
    return "rule_%04d".formatted(number);
  }

  static String stream(int number) {
    return STREAMS.get(number % STREAMS.size());
  }

  static String level(int number) {
    return number % 5 == 0 ? "CRITICAL" : number % 5 < 3 ? "WARNING" : "INFO";
  }

  /** One of ten is in shadow. */
  static String mode(int number) {
    return number % 10 == 9 ? "SHADOW" : "ACTIVE";
  }

  /** {@code turn}: makes a text that differs from that of another turn. */
  static String text(int assertions, int turn) {
    var text = new StringBuilder("language 1\n\n");
    STREAMS.forEach(
        stream -> text.append(STREAM.formatted(stream, SLICED.contains(stream) ? SLICES : "")));
    text.append(GROUPS);
    IntStream.range(0, assertions).forEach(i -> text.append(assertion(i, i == 0 ? turn : 0)));
    return text.toString();
  }

  private static String assertion(int i, int turn) {
    String alert =
        switch (i % 4) {
          case 0 -> "alert when rate > 2% for 5min keep 10min\n  ";
          case 1 -> "alert when open for 1min\n  ";
          case 2 -> "alert when rate > 5% for 1min\n  ";
          default -> "";
        };
    return """

    assertion %s on %s "what number %d says must hold" {
      expect score < %s
      level %s
      %smode %s
      explain "a score of {score}, and a speed of {speed}"
    }
    """
        .formatted(
            name(i),
            stream(i),
            i,
            0.5 + 0.001 * (i % 400) + 0.0001 * turn,
            level(i).toLowerCase(java.util.Locale.ROOT),
            mode(i).equals("ACTIVE") ? alert : "",
            mode(i).toLowerCase(java.util.Locale.ROOT));
  }
}
