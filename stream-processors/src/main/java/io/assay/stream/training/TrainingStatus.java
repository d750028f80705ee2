package io.assay.stream.training;

import io.assay.stream.contract.ImputerObserved;

/**
 * How the training of a stream's imputer is doing in this process.
 *
 * @param message what someone should know of the state; empty when all is well
 * @param share of the training that is over, 0 to 1; 0 while nothing is learned
 * @param rows the last training learned of
 * @param version the last that is published; 0 for none
 * @param inForce the one that is; 0 for none
 * @param trainings that came to a version, since the program started
 * @param failures those that did not, likewise
 * @param seen in the rows of the last that is published
 */
public record TrainingStatus(
    String stream,
    State state,
    String message,
    double share,
    int rows,
    long version,
    long inForce,
    long trainings,
    long failures,
    Seen seen) {

  /** What is done. */
  public enum State {
    /** Another process has the lease. */
    ELSEWHERE,
    /** For its time, or for enough rows. */
    WAITING,
    READING,
    LEARNING
  }

  /**
   * What someone may want to know of.
   *
   * @param drifts fields of segments of which more or fewer are missing than before
   * @param dependences pairs of fields of which the gaps of one go with the other
   * @param laterValues that the version in force was held against
   */
  public record Seen(int drifts, int dependences, long laterValues) {
    static final Seen NOTHING = new Seen(0, 0, 0);

    static Seen of(ImputerObserved observed) {
      ImputerObserved.Later later = observed.later();
      long values =
          later == null
              ? 0
              : later.columns().stream().mapToLong(ImputerObserved.LaterColumn::cells).sum();
      return new Seen(observed.drifts().size(), observed.dependences().size(), values);
    }
  }

  static TrainingStatus of(String stream) {
    return new TrainingStatus(stream, State.ELSEWHERE, "", 0, 0, 0, 0, 0, 0, Seen.NOTHING);
  }

  TrainingStatus with(State next, String why) {
    return new TrainingStatus(
        stream, next, why, 0, rows, version, inForce, trainings, failures, seen);
  }

  TrainingStatus learning(double done) {
    return new TrainingStatus(
        stream, State.LEARNING, "", done, rows, version, inForce, trainings, failures, seen);
  }

  TrainingStatus known(long newest, long used, Seen of) {
    return new TrainingStatus(
        stream, state, message, share, rows, newest, used, trainings, failures, of);
  }

  TrainingStatus trained(int of) {
    return new TrainingStatus(
        stream, State.WAITING, "", 0, of, version, inForce, trainings + 1, failures, seen);
  }

  TrainingStatus failed(String why) {
    return new TrainingStatus(
        stream, State.WAITING, why, 0, rows, version, inForce, trainings, failures + 1, seen);
  }
}
