package io.assay.simulate;

import java.util.random.RandomGenerator;

/** A version of the lender's model: what it believes of the risk, and how surely. */
enum Scorer {
  /** Too sure of itself in the south, and without an eye for the self-employed. */
  OLD(0.75, 1.7, 0.7),
  /** Closer to the truth; what changed since in the east it does not know either. */
  NEW(0.4, 1.0, 0.2);

  private final double noise;
  private final double southern;
  private final double blind;

  /**
   * @param noise of its logit, in standard deviations
   * @param southern how much too steep it is in the south
   * @param blind of how much of the self-employed's risk it knows nothing
   */
  Scorer(double noise, double southern, double blind) {
    this.noise = noise;
    this.southern = southern;
    this.blind = blind;
  }

  /** Without the income it guesses, and is less right. */
  double score(Applicant who, Told told, RandomGenerator random) {
    double logit = Math.log(who.risk() / (1 - who.risk()));
    if (who.employment().equals("self_employed")) {
      logit -= blind;
    }
    if (who.region().equals("south")) {
      logit = -1 + southern * (logit + 1);
    }
    double unsure = told.income() ? noise : noise + 0.5;
    return Math.clamp(Draw.logistic(logit + unsure * random.nextGaussian()), 0.001, 0.999);
  }
}
