package io.assay.simulate;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** Which of their features an applicant has told. */
record Told(boolean income, boolean age, boolean employment, boolean housing, boolean purpose) {

  /**
   * Who earns much tells it less often; the partner in the west does not ask for housing in one of
   * three; since the change the east's new form forgets the employment.
   */
  static Told by(Applicant who, RandomGenerator random, boolean drifted) {
    double silent = Draw.logistic(-2.6 + 0.045 * (who.income() - 32));
    boolean forgets = drifted && who.region().equals("east");
    return new Told(
        random.nextDouble() >= silent,
        random.nextDouble() >= 0.03,
        random.nextDouble() >= (forgets ? 0.24 : 0.05),
        random.nextDouble() >= (who.region().equals("west") ? 0.33 : 0.08),
        random.nextDouble() >= 0.04);
  }

  /** Some gaps are closed within the hour, when somebody has asked. */
  Optional<Told> later(RandomGenerator random) {
    var all = new Told(true, true, true, true, true);
    return !equals(all) && random.nextDouble() < 0.15 ? Optional.of(all) : Optional.empty();
  }
}
