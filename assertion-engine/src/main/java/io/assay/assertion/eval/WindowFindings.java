package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.WindowJudgement.Row;
import io.assay.assertion.eval.WindowRule.Line;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.event.None;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing;
import io.assay.assertion.statistics.Share;
import io.assay.assertion.statistics.ShareInterval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of a window that is violated. Its evidence is what was counted, no single event; its
 * id hangs on the segment and on when the window begins.
 */
final class WindowFindings {
  private static final double CONFIDENCE = 0.95;

  private final WindowRule rule;
  private final String project;

  WindowFindings(WindowRule rule, String project) {
    this.rule = rule;
    this.project = project;
  }

  /**
   * A violation, and of which line and segment it is.
   *
   * @param subject the same for every window
   */
  record Found(Violation violation, String subject) {}

  /** The variables stand in the frame. */
  Found of(Line line, Segment segment, Row row, Panes.Closed window, double severity) {
    String name = window.name();
    String plain = text(segment, false);
    String label = text(segment, true);
    CheckedAssertion assertion = rule.assertion();
    String subject = plain.isEmpty() ? name : plain + " " + name;
    String id = Hashes.of(project, assertion.judgementHash(), line.name(), plain, name, "window");
    Violation violation =
        new Violation(
            id,
            project,
            assertion.name(),
            assertion.judgementHash(),
            line.name(),
            assertion.on().name(),
            key(segment),
            label.equals(plain) ? subject : label + " " + name,
            label.isEmpty() ? "window" : label,
            window.start(),
            window.end(),
            window.end(),
            "",
            severity,
            assertion.level(),
            assertion.mode(),
            rule.scope.sentence(() -> sentence(line, label, window)),
            values(line, segment, row),
            List.of(),
            List.of(),
            Optional.empty(),
            id,
            List.of(),
            false);
    return new Found(fitted(violation), line.name() + "|" + plain);
  }

  private static String sentence(Line line, String label, Panes.Closed window) {
    return line.unmet()
        .sentence(
            "the window %s to %s%s"
                .formatted(
                    JsonValues.instant(window.start()),
                    JsonValues.instant(window.end()),
                    label.isEmpty() ? "" : " of " + label));
  }

  /** {@code region north, night true}; the key is told by itself. */
  String text(Segment segment, boolean masked) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < segment.values().size(); i++) {
      Windowing.Segment cut = rule.windowing.segments().get(i);
      Object value = segment.values().get(i);
      String text = value == None.NULL ? "missing" : Evidence.unmarked(value.toString());
      boolean hidden = masked && Evidence.isHidden(rule.scope.terms, cut.value());
      parts.add(cut.name() + " " + (hidden ? Evidence.masked(text) : text));
    }
    return String.join(", ", parts);
  }

  /** Of what was selected: of all with one value, that value. */
  String text(Selection selection) {
    if (selection.isWhole()) {
      return text(selection.segment(), false);
    }
    Object value = selection.segment().values().get(selection.place());
    String name = rule.windowing.segments().get(selection.place()).name();
    return name + " " + (value == None.NULL ? "missing" : Evidence.unmarked(value.toString()));
  }

  private String key(Segment segment) {
    String field = rule.assertion().on().key().name();
    for (int i = 0; i < segment.values().size(); i++) {
      if (rule.windowing.segments().get(i).value() instanceof Term.Select select
          && select.field().name().equals(field)
          && segment.values().get(i) != None.NULL) {
        return segment.values().get(i).toString();
      }
    }
    return "";
  }

  /**
   * What the condition is made of, then the segment, how many there were, and how sure shares are.
   */
  private List<Violation.Value> values(Line line, Segment segment, Row row) {
    List<Violation.Value> values = new ArrayList<>(line.evidence().values(rule.scope.frame));
    for (int i = 0; i < segment.values().size(); i++) {
      if (segment.values().get(i) != None.NULL) {
        values.add(cut(rule.windowing.segments().get(i), segment.values().get(i)));
      }
    }
    values.add(count("count", row.pane.units));
    if (row.pane.events != row.pane.units) {
      values.add(count("events", row.pane.events));
    }
    for (Windowing.Least least : rule.windowing.leasts()) {
      String unit = least.of().name().toLowerCase(Locale.ROOT);
      values.add(new Violation.Value("at least " + unit, Long.toString(least.count()), true));
    }
    for (int i = 0; i < row.values.length; i++) {
      Windowing.Statistic statistic = rule.shape.gauges().get(i).statistic();
      if (row.pane.states[i] instanceof Share share
          && share.told() > 0
          && statistic.overload().startsWith("share_")) {
        values.add(interval(WindowNames.text(statistic), share));
      }
    }
    Set<String> told = new HashSet<>();
    return values.stream().filter(value -> told.add(value.expression())).toList();
  }

  private Violation.Value cut(Windowing.Segment cut, Object value) {
    boolean hidden = Evidence.isHidden(rule.scope.terms, cut.value());
    String text = Evidence.unmarked(value.toString());
    boolean plain = !(value instanceof String) && !hidden;
    return new Violation.Value(
        cut.name(), plain ? text : JsonValues.quote(hidden ? Evidence.masked(text) : text), false);
  }

  private static Violation.Value count(String name, long count) {
    return new Violation.Value(name, Long.toString(count), false);
  }

  private static Violation.Value interval(String name, Share share) {
    ShareInterval interval = ShareInterval.wilson(share.held(), share.told(), CONFIDENCE);
    String between = String.format(Locale.ROOT, "[%.6f,%.6f]", interval.low(), interval.high());
    return new Violation.Value(name + ", 95 % interval", between, false);
  }

  /** Texts of a user may be of any length. */
  private static Violation fitted(Violation violation) {
    return ViolationJson.write(violation).length <= Violation.MOST_BYTES
        ? violation
        : violation.withoutEvidence();
  }
}
