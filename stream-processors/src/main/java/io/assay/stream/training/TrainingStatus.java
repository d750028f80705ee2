package io.assay.stream.training;

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
    long failures) {

  /** What is done. */
  public enum State {
    /** Another process has the lease. */
    ELSEWHERE,
    /** For its time, or for enough rows. */
    WAITING,
    READING,
    LEARNING
  }

  static TrainingStatus of(String stream) {
    return new TrainingStatus(stream, State.ELSEWHERE, "", 0, 0, 0, 0, 0, 0);
  }

  TrainingStatus with(State next, String why) {
    return new TrainingStatus(stream, next, why, 0, rows, version, inForce, trainings, failures);
  }

  TrainingStatus learning(double done) {
    return new TrainingStatus(
        stream, State.LEARNING, "", done, rows, version, inForce, trainings, failures);
  }

  TrainingStatus known(long newest, long used) {
    return new TrainingStatus(
        stream, state, message, share, rows, newest, used, trainings, failures);
  }

  TrainingStatus trained(int of) {
    return new TrainingStatus(
        stream, State.WAITING, "", 0, of, version, inForce, trainings + 1, failures);
  }

  TrainingStatus failed(String why) {
    return new TrainingStatus(
        stream, State.WAITING, why, 0, rows, version, inForce, trainings, failures + 1);
  }
}
