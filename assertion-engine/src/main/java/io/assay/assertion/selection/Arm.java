package io.assay.assertion.selection;

/** By which of the ways of choosing a sample was picked. */
public enum Arm {
  /** Of all, flagged or not, each alike: these alone estimate what the rules miss. */
  RANDOM_SHARE,
  /** Each assertion alike. */
  UNIFORM,
  /** An assertion by its gain, a candidate by the rank of its severity. */
  GAIN,
  /** Each alike, by the strategy or as its fallback. */
  RANDOM,
  /** The least sure, by the strategy or as its fallback. */
  UNCERTAIN,
  /** The most severe. */
  SEVERE
}
