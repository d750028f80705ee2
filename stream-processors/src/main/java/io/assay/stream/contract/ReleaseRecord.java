package io.assay.stream.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a release of embeddings is, as the one who merges tells those who keep its vectors.
 *
 * @param number in which order releases began, from 1
 * @param why what brought it there, for people
 * @param dimensions of its vectors
 * @param bases the releases that it is compared with; before all others the previous one
 * @param previous the one of them that was accepted last; empty for none
 * @param refined those of them that are compared by the precise way
 * @param rotations by base, in how many pieces it stands beside this record how the space was
 *     turned
 * @param asked how often its tasks were asked for what is missing of this step
 * @param openedMillis by the clock
 * @param closedMillis by the clock, 0 while it is open
 * @param furthest by base, in how many pieces the items that moved most stand beside this record
 */
public record ReleaseRecord(
    String project,
    String embeddings,
    String release,
    long number,
    ReleaseStatus status,
    String why,
    int dimensions,
    List<String> bases,
    String previous,
    List<String> refined,
    Map<String, Integer> rotations,
    int asked,
    long openedMillis,
    long closedMillis,
    Map<String, Integer> furthest) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public ReleaseRecord {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(embeddings, "embeddings");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(previous, "previous");
    bases = List.copyOf(bases);
    refined = List.copyOf(refined);
    rotations = Map.copyOf(rotations);
    furthest = furthest == null ? Map.of() : Map.copyOf(furthest); // records of before have none
  }

  /** Its first record. */
  public static ReleaseRecord opened(ReleaseKey key, long number, int dimensions, long millis) {
    return new ReleaseRecord(
        key.project(),
        key.embeddings(),
        key.release(),
        number,
        ReleaseStatus.OPEN,
        "",
        dimensions,
        List.of(),
        "",
        List.of(),
        Map.of(),
        0,
        millis,
        0,
        Map.of());
  }

  public ReleaseRecord with(ReleaseStatus next, String reason) {
    return copy(next, reason, bases, previous, refined, rotations, closedMillis);
  }

  public ReleaseRecord closing(String reason, long millis) {
    return copy(ReleaseStatus.CLOSING, reason, bases, previous, refined, rotations, millis);
  }

  /** {@code nextPrevious}: one of {@code nextBases}; empty for none. */
  public ReleaseRecord against(List<String> nextBases, String nextPrevious) {
    return copy(status, why, nextBases, nextPrevious, refined, rotations, closedMillis);
  }

  public ReleaseRecord refining(List<String> imprecise) {
    return copy(ReleaseStatus.PRECISE, why, bases, previous, imprecise, rotations, closedMillis);
  }

  public ReleaseRecord turning() {
    return copy(ReleaseStatus.TURNING, why, bases, previous, refined, rotations, closedMillis);
  }

  /** {@code pieces}: by base, of the items that moved most. */
  public ReleaseRecord nearing(Map<String, Integer> pieces) {
    return moved(ReleaseStatus.NEIGHBOURS, pieces);
  }

  /** Without what its tasks needed for their steps. */
  public ReleaseRecord stepped() {
    return rotated(Map.of()).moved(status, Map.of());
  }

  private ReleaseRecord moved(ReleaseStatus next, Map<String, Integer> pieces) {
    return new ReleaseRecord(
        project,
        embeddings,
        release,
        number,
        next,
        why,
        dimensions,
        bases,
        previous,
        refined,
        rotations,
        asked,
        openedMillis,
        closedMillis,
        pieces);
  }

  /** {@code pieces}: by base. */
  public ReleaseRecord rotated(Map<String, Integer> pieces) {
    return copy(status, why, bases, previous, refined, pieces, closedMillis);
  }

  /** Once more, of a step that does not come to an end. */
  public ReleaseRecord askedAgain() {
    return new ReleaseRecord(
        project,
        embeddings,
        release,
        number,
        status,
        why,
        dimensions,
        bases,
        previous,
        refined,
        rotations,
        asked + 1,
        openedMillis,
        closedMillis,
        furthest);
  }

  private ReleaseRecord copy(
      ReleaseStatus next,
      String reason,
      List<String> nextBases,
      String nextPrevious,
      List<String> nextRefined,
      Map<String, Integer> nextRotations,
      long closed) {
    return new ReleaseRecord(
        project,
        embeddings,
        release,
        number,
        next,
        reason,
        dimensions,
        nextBases,
        nextPrevious,
        nextRefined,
        nextRotations,
        asked,
        openedMillis,
        closed,
        furthest);
  }

  public ReleaseKey key() {
    return ReleaseKey.of(project, embeddings, release);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static ReleaseRecord read(byte[] json) {
    try {
      return JSON.readValue(json, ReleaseRecord.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "a release needs an object with its names, status and bases, got: " + broken, broken);
    }
  }
}
