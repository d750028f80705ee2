package io.assay.web.assertions;

import io.assay.web.rates.Counted;
import java.util.List;
import java.util.Locale;

/**
 * Why something fires, or does not: how many events came, and what became of them.
 *
 * @param verdict what stands in the way, as the ending of a key of {@code funnel.}
 */
record Funnel(List<Stage> stages, String verdict) {

  /**
   * One stage.
   *
   * @param name as the ending of a key of {@code funnel.stage.}
   * @param width of its bar, in percent of the widest
   */
  record Stage(String name, long count, String width) {}

  static Funnel of(Counted counted, Health health) {
    long most = Math.max(1, Math.max(counted.seen(), Math.max(counted.passed(), counted.judged())));
    return new Funnel(
        List.of(
            stage("seen", counted.seen(), most),
            stage("passed", counted.passed(), most),
            stage("judged", counted.judged(), most),
            stage("undecided", counted.undecided(), most),
            stage("held", counted.held(), most),
            stage("violated", counted.violated(), most)),
        verdict(counted, health));
  }

  private static Stage stage(String name, long count, long most) {
    return new Stage(name, count, String.format(Locale.ROOT, "%.2f", 100.0 * count / most));
  }

  private static String verdict(Counted counted, Health health) {
    return switch (health) {
      case FAILING -> "failing";
      case SUSPENDED -> "suspended";
      case DRAFT -> "draft";
      case GONE -> counted.seen() > 0 ? judged(counted) : "gone";
      case WAITING -> "between";
      // Judged before: its windows are longer than the range.
      case DEAD, QUIET -> counted.judged() == 0 ? "between" : judged(counted);
      case IDLE, FIRING -> judged(counted);
    };
  }

  private static String judged(Counted counted) {
    if (counted.violated() > 0) {
      return "fires";
    }
    if (counted.judged() > 0) {
      return "holds";
    }
    if (counted.undecided() > 0) {
      return "undecided";
    }
    if (counted.passed() > 0) {
      return "waits";
    }
    return counted.seen() > 0 ? "filtered" : "silent";
  }
}
