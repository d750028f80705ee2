package io.assay.bench.street;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the compared assertions say of a drive. */
final class Judged {
  private Judged() {}

  /** Judges as a backtest does, in the order in which it tells of violations. */
  static List<Violation> violations(CheckedRules rules, Drive drive) {
    List<Violation> violations = new ArrayList<>();
    Backtest.run(
        rules,
        "default",
        List.of(
            recording(rules, "camera", drive.camera()), recording(rules, "lidar", drive.lidar())),
        Extent.ALL,
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            if (StreetReport.ASSERTIONS.contains(violation.assertion())) {
              violations.add(violation);
            }
          }

          @Override
          public void unreadable(String place, String cause, String detail) {
            throw new IllegalStateException(place + ": " + cause + ": " + detail);
          }

          @Override
          public void progress(long events) {}
        });
    return violations;
  }

  private static Recording recording(CheckedRules rules, String stream, String lines) {
    return Recording.ofLines(
        rules.stream(stream).orElseThrow(),
        stream,
        new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }
}
