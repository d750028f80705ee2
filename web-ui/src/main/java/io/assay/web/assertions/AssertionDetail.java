package io.assay.web.assertions;

import io.assay.web.rates.Counted;
import io.assay.web.rates.Percent;
import io.assay.web.rates.Period;
import io.assay.web.rounds.AssertionProof;
import io.assay.web.rules.AssertionVersion;
import io.assay.web.rules.AssertionVersions.Place;
import io.assay.web.system.Moment;
import java.util.List;
import java.util.Optional;

/**
 * All of one assertion over a period.
 *
 * @param points of the period, in order
 * @param limit that its alert waits for, where it waits for a rate
 * @param otherAlerts how many of its alerts wait for something else
 * @param marks what changed within the period: versions of the model, generations of the rules,
 *     alerts
 * @param slices by each property that has more than one value
 * @param bySlice rates by time, and by the property that is the assertion's own and declared
 *     slices; empty where there is none
 * @param comparable others on the same stream in the other mode, to hold a shadow against what is
 *     active
 */
record AssertionDetail(
    AssertionLine line,
    Period period,
    List<Point> points,
    Optional<Limit> limit,
    long otherAlerts,
    List<Mark> marks,
    Funnel funnel,
    List<Slices> slices,
    Optional<HeatMap> bySlice,
    List<Episodes.Episode> episodes,
    List<Episodes.KeyShare> keys,
    List<AssertionLine> comparable,
    List<AssertionVersion> versions,
    Optional<Place> place,
    List<AssertionProof.Change> proof) {

  /**
   * One step.
   *
   * @param active violations while it was active, and {@code shadow} while it was in shadow
   */
  record Point(Moment at, Counted counted, long active, long shadow) {
    public String rate() {
      return Percent.of(counted.rate());
    }

    /** For scripts: percent, as a number; empty where nothing was judged. */
    public String percent() {
      return counted.rate().isEmpty() ? "" : Double.toString(100 * counted.rate().getAsDouble());
    }
  }

  /** {@code kind}: {@code model}, {@code rules}, {@code firing} or {@code resolved}. */
  record Mark(String kind, String text, Moment at, int step) {}

  public Moment start() {
    return new Moment(period.start());
  }

  public Moment end() {
    return new Moment(period.end());
  }

  public long activeViolations() {
    return points.stream().mapToLong(Point::active).sum();
  }

  public long shadowViolations() {
    return points.stream().mapToLong(Point::shadow).sum();
  }
}
