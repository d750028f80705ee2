package io.assay.web.firstrun;

import io.assay.assertion.Violation;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Payload;
import io.assay.assertion.scenario.Payloads;
import io.assay.assertion.scenario.Recording;
import io.assay.web.system.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules would have said of the last events of topics, by the very engine that judges live.
 *
 * @param events that were judged
 * @param unreadable records that are no events
 */
record Rehearsal(long events, long unreadable, List<Said> said) {
  private static final int MOST_SHOWN = 10;

  /**
   * What one assertion said.
   *
   * @param error why it stopped judging; empty where it did not
   * @param first the first of its violations
   */
  record Said(
      String assertion,
      long judged,
      long undecided,
      long violations,
      String error,
      List<Fired> first) {
    public boolean fired() {
      return violations > 0;
    }
  }

  /** One violation, masked as live ones are. */
  record Fired(Moment at, String key, String sentence) {}

  /** Records of one topic. */
  record Past(StreamType stream, List<TopicChoices.Found> records) {}

  static Rehearsal of(CheckedRules rules, String project, List<Past> pasts) {
    Map<String, List<Fired>> found = new HashMap<>();
    BacktestReport report =
        Backtest.run(
            rules,
            project,
            pasts.stream().map(past -> new Recording(past.stream(), payloads(past))).toList(),
            Extent.ALL,
            new Backtest.Listener() {
              @Override
              public void violation(Violation violation) {
                List<Fired> first =
                    found.computeIfAbsent(violation.assertion(), name -> new ArrayList<>());
                // A rule may say something of each element of each event: those shown are enough.
                if (first.size() < MOST_SHOWN) {
                  first.add(
                      new Fired(
                          Moment.ofNanos(violation.at()), violation.key(), violation.sentence()));
                }
              }

              @Override
              public void unreadable(String place, String cause, String detail) {}

              @Override
              public void progress(long events) {}
            });
    return new Rehearsal(
        report.events(),
        report.unreadable(),
        report.assertions().stream().map(one -> said(one, found)).toList());
  }

  private static Said said(BacktestReport.AssertionResult result, Map<String, List<Fired>> found) {
    return new Said(
        result.name(),
        result.judged(),
        result.undecided(),
        result.violations(),
        result.error().orElse(""),
        found.getOrDefault(result.name(), List.of()));
  }

  private static Payloads payloads(Past past) {
    Iterator<TopicChoices.Found> records = past.records().iterator();
    String topic = past.stream().topic();
    return new Payloads() {
      @Override
      public @Nullable Payload next() {
        if (!records.hasNext()) {
          return null;
        }
        TopicChoices.Found one = records.next();
        byte[] value = one.raw().value();
        return Payload.of(
            value == null ? new byte[0] : value,
            new Coordinates(topic, one.partition(), one.offset()),
            one.receivedMillis() * 1_000_000L,
            null);
      }

      @Override
      public String place(Coordinates source) {
        return source.topic() + '-' + source.partition() + '@' + source.offset();
      }
    };
  }
}
