package io.assay.stream.app;

import static io.assay.stream.metrics.Family.counter;
import static io.assay.stream.metrics.Family.gauge;
import static io.assay.stream.metrics.Family.seconds;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.TruthFate;
import io.assay.stream.app.StreamStatus.State;
import io.assay.stream.assertions.AssertionFigures;
import io.assay.stream.assertions.Figures;
import io.assay.stream.metrics.Family;
import io.assay.stream.metrics.Reading;
import io.assay.stream.metrics.Scraped;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What streams are judged, how far they are, and what was found, as it is scraped. */
public final class ProcessorFigures implements Scraped {
  private static final String PROJECT = "project";
  private static final String STREAM = "stream";
  private static final String ASSERTION = "assertion";

  private static final Family RUNNING =
      gauge("assay_stream_running", "1 while the stream is judged, else 0", PROJECT, STREAM);
  private static final Family FAILING =
      gauge(
              "assay_stream_failing_seconds",
              "For how long it has failed and not run since",
              PROJECT,
              STREAM)
          .in("seconds");
  private static final Family LAG =
      gauge(
              "assay_stream_lag_records",
              "Records of the stream that this process has not judged yet",
              PROJECT,
              STREAM)
          .in("records");
  private static final Family LAST_EVENT =
      gauge(
              "assay_stream_last_event_timestamp_seconds",
              "Event time of the event judged last, since the epoch",
              PROJECT,
              STREAM)
          .in("seconds");
  private static final Family IN_ERROR =
      gauge(
          "assay_stream_assertions_in_error",
          "Assertions that failed in themselves",
          PROJECT,
          STREAM);
  private static final Family SUSPENDED =
      gauge(
          "assay_stream_assertions_suspended",
          "Assertions that are left out because they took too much",
          PROJECT,
          STREAM);
  private static final Family EVENTS =
      counter("assay_stream_events_total", "Events judged", PROJECT, STREAM);
  private static final Family VIOLATIONS =
      counter("assay_stream_violations_total", "Violations found", PROJECT, STREAM);
  private static final Family DEAD_LETTERS =
      counter("assay_stream_dead_letters_total", "Records put aside", PROJECT, STREAM);
  private static final Family LATE =
      counter(
          "assay_stream_late_total", "Events that came too late, or too early", PROJECT, STREAM);
  private static final Family DUPLICATES =
      counter("assay_stream_duplicates_total", "Events seen before and dropped", PROJECT, STREAM);
  private static final Family UNPAIRED =
      counter(
          "assay_stream_unpaired_total",
          "Requests and responses whose other half did not come",
          PROJECT,
          STREAM);
  private static final Family TICKS =
      counter(
          "assay_stream_ticks_total",
          "Times that something was decided because nothing came",
          PROJECT,
          STREAM);
  private static final Family MIGRATED =
      counter(
          "assay_stream_states_migrated_total",
          "Keys whose state an older version had stored",
          PROJECT,
          STREAM);
  private static final Family RESTARTED =
      counter(
          "assay_stream_states_restarted_total",
          "Keys whose state could not be read and began anew",
          PROJECT,
          STREAM);
  private static final Family TRUTHS =
      counter("assay_stream_truths_total", "What became of truths", PROJECT, STREAM, "fate");
  private static final Family SEEN =
      counter(
          "assay_assertion_seen_total",
          "Events that came to the assertion",
          PROJECT,
          STREAM,
          ASSERTION);
  private static final Family PASSED =
      counter(
          "assay_assertion_passed_total", "Units that passed where", PROJECT, STREAM, ASSERTION);
  private static final Family VERDICTS =
      counter(
          "assay_assertion_verdicts_total",
          "Units judged, by verdict: held, violated, undecided",
          PROJECT,
          STREAM,
          ASSERTION,
          "verdict");
  private static final Family EVALUATION =
      seconds(
          "assay_assertion_evaluation_seconds",
          "CPU time of judging an event, of a sample of one in 64",
          PROJECT,
          STREAM,
          ASSERTION);
  private static final Family CONSUMER_LAG =
      gauge(
              "assay_consumer_lag_records",
              "Records of a partition that this process has not read yet",
              PROJECT,
              "group",
              "topic",
              "partition")
          .in("records");
  private static final Family STORE_BYTES =
      gauge(
              "assay_store_bytes",
              "Size of a task's local store, on disk and in write buffers",
              PROJECT,
              "group",
              "store",
              "task")
          .in("bytes");
  private static final Family STORE_KEYS =
      gauge(
          "assay_store_keys",
          "Entries of a task's local store, about",
          PROJECT,
          "group",
          "store",
          "task");
  private static final Family GENERATION =
      gauge("assay_rules_generation", "The rules by which streams are judged", PROJECT);
  private static final Family REFUSED =
      gauge("assay_rules_refused", "1 while the newest rules are not used, else 0", PROJECT);

  private final StreamProcessors processors;

  public ProcessorFigures(StreamProcessors processors) {
    this.processors = processors;
  }

  @Override
  public List<Family> families() {
    return List.of(
        RUNNING,
        FAILING,
        LAG,
        LAST_EVENT,
        IN_ERROR,
        SUSPENDED,
        EVENTS,
        VIOLATIONS,
        DEAD_LETTERS,
        LATE,
        DUPLICATES,
        UNPAIRED,
        TICKS,
        MIGRATED,
        RESTARTED,
        TRUTHS,
        SEEN,
        PASSED,
        VERDICTS,
        EVALUATION,
        CONSUMER_LAG,
        STORE_BYTES,
        STORE_KEYS,
        GENERATION,
        REFUSED);
  }

  @Override
  public void read(Reading to) {
    String project = processors.project();
    Map<String, String> streams = processors.streamsOfAssertions();
    for (StreamStatus status : processors.status()) {
      stream(status, to, project, status.stream());
      assertions(status.figures(), streams, to);
    }
    processors.local().forEach((group, local) -> local(group, local, to));
    to.add(GENERATION, processors.rules().generation(), project);
    to.add(REFUSED, processors.rules().refused().isEmpty() ? 0 : 1, project);
  }

  private static void stream(StreamStatus status, Reading to, String... labels) {
    Figures figures = status.figures();
    to.add(RUNNING, status.state() == State.RUNNING ? 1 : 0, labels);
    to.add(FAILING, status.failing().toMillis() / 1e3, labels);
    to.add(LAG, status.lag().orElse(0), labels);
    figures.lastEventNanos().ifPresent(at -> to.add(LAST_EVENT, at / 1e9, labels));
    to.add(IN_ERROR, figures.assertionErrors().size(), labels);
    to.add(SUSPENDED, figures.suspended().size(), labels);
    to.add(EVENTS, figures.events(), labels);
    to.add(VIOLATIONS, figures.violations(), labels);
    to.add(DEAD_LETTERS, figures.deadLetters(), labels);
    to.add(LATE, figures.late(), labels);
    to.add(DUPLICATES, figures.duplicates(), labels);
    to.add(UNPAIRED, figures.unpaired(), labels);
    to.add(TICKS, figures.ticks(), labels);
    to.add(MIGRATED, figures.migrated(), labels);
    to.add(RESTARTED, figures.restarted(), labels);
    Map<TruthFate, Long> fates = figures.fates();
    fates.forEach(
        (fate, count) ->
            to.add(TRUTHS, count, labels[0], labels[1], fate.name().toLowerCase(Locale.ROOT)));
  }

  private void assertions(Figures figures, Map<String, String> streams, Reading to) {
    figures
        .assertions()
        .forEach(
            (name, own) ->
                assertion(
                    own,
                    to,
                    processors.project(),
                    streams.getOrDefault(name, figures.stream()),
                    name));
  }

  private static void assertion(AssertionFigures own, Reading to, String... labels) {
    to.add(SEEN, own.of(Tally.SEEN), labels);
    to.add(PASSED, own.of(Tally.PASSED), labels);
    for (Tally verdict : List.of(Tally.HELD, Tally.VIOLATED, Tally.UNDECIDED)) {
      String word = verdict.name().toLowerCase(Locale.ROOT);
      to.add(VERDICTS, own.of(verdict), labels[0], labels[1], labels[2], word);
    }
    to.summary(EVALUATION, own.measured(), own.nanos() / 1e9, labels);
  }

  private void local(String group, LocalFigures local, Reading to) {
    String project = processors.project();
    for (LocalFigures.Lag lag : local.lags()) {
      to.add(
          CONSUMER_LAG,
          lag.records(),
          project,
          group,
          lag.topic(),
          Integer.toString(lag.partition()));
    }
    for (LocalFigures.Store store : local.stores()) {
      to.add(STORE_BYTES, store.bytes(), project, group, store.name(), store.task());
      to.add(STORE_KEYS, store.keys(), project, group, store.name(), store.task());
    }
  }
}
