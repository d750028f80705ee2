package io.assay.web.sink;

import static io.assay.stream.metrics.Family.counter;
import static io.assay.stream.metrics.Family.gauge;
import static io.assay.stream.metrics.Family.seconds;

import io.assay.stream.metrics.Family;
import io.assay.stream.metrics.Reading;
import io.assay.stream.metrics.Scraped;
import java.util.List;

/** What this instance's sink has done, and how far it is, as it is scraped. */
final class SinkFigures implements Scraped {
  private static final Family RECORDS =
      counter("assay_sink_records_total", "Records read and stored");
  private static final Family VIOLATIONS =
      counter(
          "assay_sink_violations_total",
          "Violations that came, by outcome: new, or repeated where they were there already",
          "outcome");
  private static final Family SKIPPED =
      counter("assay_sink_skipped_total", "Records that could not be stored");
  private static final Family BATCH =
      seconds("assay_sink_batch_seconds", "Time that writing a batch took");
  private static final Family LAG =
      gauge(
              "assay_sink_lag_records",
              "Records of a partition that this instance reads, and has not read yet",
              "topic",
              "partition")
          .in("records");
  private static final Family TROUBLED =
      gauge("assay_sink_troubled", "1 while something is in the way of the sink, else 0");

  private final Sink sink;

  SinkFigures(Sink sink) {
    this.sink = sink;
  }

  @Override
  public List<Family> families() {
    return List.of(RECORDS, VIOLATIONS, SKIPPED, BATCH, LAG, TROUBLED);
  }

  @Override
  public void read(Reading to) {
    SinkStatus now = sink.status();
    to.add(RECORDS, now.records());
    to.add(VIOLATIONS, now.fresh(), "new");
    to.add(VIOLATIONS, now.repeated(), "repeated");
    to.add(SKIPPED, now.skipped());
    to.summary(BATCH, now.batches(), now.nanos() / 1e9);
    to.add(TROUBLED, now.trouble().isPresent() ? 1 : 0);
    sink.lags()
        .forEach(
            (partition, lag) ->
                to.add(LAG, lag, partition.topic(), Integer.toString(partition.partition())));
  }
}
