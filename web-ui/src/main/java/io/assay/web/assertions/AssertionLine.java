package io.assay.web.assertions;

import io.assay.assertion.Level;
import io.assay.assertion.rule.ir.Consequences.Unit;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Percent;
import io.assay.web.rates.Trend;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One assertion over a period.
 *
 * @param title the sentence behind its name; empty where there is none
 * @param streams that it judges: one, but of {@code schema}
 * @param mode {@code ACTIVE}, {@code SHADOW} or {@code DRAFT}
 * @param why it does not judge as it should; empty where all is well
 * @param unit what its rate counts; empty where its rule is not known
 * @param owner whom to ask; empty where nobody is named
 * @param steps what was judged in each step of the period
 * @param counted all of them together
 * @param violations in the period
 * @param last the minute in which it fired last, ever
 * @param reviews what people found of its flags
 * @param every how long it may take from one verdict to the next; zero where it judges as events
 *     come
 */
record AssertionLine(
    String name,
    String title,
    List<String> streams,
    String mode,
    Level level,
    Health health,
    String why,
    Optional<Unit> unit,
    String owner,
    List<Counted> steps,
    Counted counted,
    long violations,
    Optional<Moment> last,
    Reviews reviews,
    Duration every) {
  AssertionLine {
    streams = List.copyOf(streams);
    steps = List.copyOf(steps);
  }

  public String stream() {
    return String.join(", ", streams);
  }

  /** Violated of judged; empty where nothing was judged. */
  public String rate() {
    return Percent.of(counted.rate());
  }

  /** Whether some of what was violated was so more than once: the rate counts it once. */
  public boolean isSeveral() {
    return unit.isPresent() && counted.violated() > 0 && violations > counted.violated();
  }

  /** Whether it judged nothing because nothing has ended that it judges. */
  public boolean isBetween() {
    return counted.judged() == 0
        && (health == Health.WAITING
            || (!every.isZero() && (health == Health.QUIET || health == Health.DEAD)));
  }

  /** As {@code 7 d}. */
  public String shownEvery() {
    return Rhythm.shown(every);
  }

  public Trend trend() {
    return Trend.of(steps.toArray(Counted[]::new));
  }

  /** How often flags are errors, the likeliest share; empty where nobody has looked. */
  public String precision() {
    return reviews.counted() == 0 ? "" : whole(reviews.posterior().mean());
  }

  /** Between which bounds it lies with probability 0.9: {@code 71 – 88 %}. */
  public String precisionInterval() {
    return reviews
        .interval()
        .map(one -> "%s – %s".formatted(whole(one.low()).replace(" %", ""), whole(one.high())))
        .orElse("");
  }

  private static String whole(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
