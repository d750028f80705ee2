package io.assay.stream.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of a release of embeddings by itself, or of how it differs from another: of two
 * records of one key the one with the higher sequence holds.
 *
 * @param base the release that it is compared with; empty where the record is of the release alone
 * @param sequence counts up with every record of the same key
 * @param number in which order releases began, from 1
 * @param why what brought it to its status, for people
 * @param by the person who accepted it; empty where nobody did
 * @param items of the release
 * @param baseItems of the base; 0 without one
 * @param shared items that both have; 0 without a base
 * @param coverage shared ones of all that either has, from 0 to 1; 0 without a base
 * @param measured absent until it is judged, without a base, and where nothing could be measured
 * @param unmeasured why nothing could be measured, for people; empty where it was, or is not yet
 * @param moved the items that moved most, the furthest first
 * @param stateBytes what all tasks have told of it, in bytes
 * @param atMillis event time of its newest row, where rows say; else when that was received
 * @param openedMillis by the clock
 * @param closedMillis by the clock, 0 while it is open
 * @param measuredMillis by the clock, 0 while it is not judged
 * @param generation of the rules that judged; 0 while they have not, or have no generations
 * @param verdicts of assertions that compare the two
 * @param previous of a release by itself, the one accepted before it, which it was held against;
 *     empty for none
 * @param bases of a release by itself, all that it was held against
 * @param judgement of a release by itself, what the active assertions came to; stays when a person
 *     accepts it, or when it is retired. Null before, and where no active assertion compared it
 * @param neighbourhoods what was near the items that moved most, and is now. Null where that is not
 *     known: without a base, before it is judged, and in records of before
 */
public record StabilityRecord(
    String project,
    String embeddings,
    String release,
    String base,
    long sequence,
    long number,
    ReleaseStatus status,
    String why,
    String by,
    long items,
    long baseItems,
    long shared,
    double coverage,
    @Nullable Measured measured,
    String unmeasured,
    List<Moved> moved,
    long stateBytes,
    long atMillis,
    long openedMillis,
    long closedMillis,
    long measuredMillis,
    long generation,
    List<Verdict> verdicts,
    String previous,
    List<String> bases,
    @Nullable Outcome judgement,
    @Nullable Neighbourhoods neighbourhoods) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public StabilityRecord {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(embeddings, "embeddings");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(unmeasured, "unmeasured");
    moved = List.copyOf(moved);
    verdicts = List.copyOf(verdicts);
    previous = previous == null ? "" : previous; // records of before have none
    bases = bases == null ? List.of() : List.copyOf(bases);
  }

  /**
   * How two releases differ.
   *
   * @param eis eigenspace instability: 0 is stable
   * @param neighbours by k, the share of nearest neighbours kept, over a sample of items; without
   *     those for which there are too few items
   * @param displacement mean 1 - cosine after the best rotation; absent where no item has a
   *     direction on both sides
   * @param pip loss of inner products
   * @param overlap of eigenspaces: 1 is stable
   * @param rank of base and release
   * @param condition the worse of the two
   * @param method {@code gram} or {@code factor}
   * @param precise whether {@code errorBound} is within 1e-9
   * @param errorBound of rounding, of eis and overlap
   * @param sampled items whose neighbours were compared
   * @param intervals of 95 %, by measure as above, {@code neighbours5} and so on; by leaving out
   *     the items of one task in turn, so none where there is but one
   */
  public record Measured(
      double eis,
      Map<Integer, Double> neighbours,
      @Nullable Double displacement,
      double pip,
      double overlap,
      List<Integer> rank,
      double condition,
      String method,
      boolean precise,
      double errorBound,
      long sampled,
      Map<String, Interval> intervals) {
    public Measured {
      Objects.requireNonNull(method, "method");
      neighbours = Map.copyOf(neighbours);
      rank = List.copyOf(rank);
      intervals = Map.copyOf(intervals);
    }
  }

  /** Between which two values a measure may well be. */
  public record Interval(double low, double high) {}

  /** An item and how far it moved: 1 - cosine after the best rotation. */
  public record Moved(String item, double displacement) {
    public Moved {
      Objects.requireNonNull(item, "item");
    }
  }

  /**
   * What is near the items that moved most.
   *
   * @param k how many neighbours of each, in each of the two releases; fewer where there are none
   * @param items the furthest first. Of an item that both releases have and that is not among them
   *     is known that it moved no further than the last of these
   */
  public record Neighbourhoods(int k, List<Neighbourhood> items) {
    public Neighbourhoods {
      items = List.copyOf(items);
    }
  }

  /**
   * What is near an item, among all items that both releases have.
   *
   * @param displacement how far it moved, as in {@link Moved}
   * @param before nearest first, by the vectors of the base
   * @param after nearest first, by those of the release
   */
  public record Neighbourhood(
      String item, double displacement, List<Neighbour> before, List<Neighbour> after) {
    public Neighbourhood {
      Objects.requireNonNull(item, "item");
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * An item that is near.
   *
   * @param similarity the cosine, from -1 to 1, to a millionth
   */
  public record Neighbour(String item, double similarity) {
    public Neighbour {
      Objects.requireNonNull(item, "item");
    }
  }

  /** What became of what was judged. */
  public enum Outcome {
    HELD,
    VIOLATED,
    UNDECIDED
  }

  /**
   * What an assertion says.
   *
   * @param expectation name or index
   * @param reason why it is undecided; else empty
   * @param violation the id of the violation; empty where there is none
   */
  public record Verdict(
      String assertion, String expectation, Outcome outcome, String reason, String violation) {
    public Verdict {
      Objects.requireNonNull(assertion, "assertion");
      Objects.requireNonNull(expectation, "expectation");
      Objects.requireNonNull(outcome, "outcome");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(violation, "violation");
    }
  }

  /**
   * Whether the eigenspace instability says anything: where the vectors of both span as many
   * directions as there are items, it is 0 whatever changed.
   */
  public boolean saysEis() {
    return measured != null
        && measured.rank().stream().mapToInt(Integer::intValue).min().orElse(0) < shared;
  }

  /** What the active assertions came to. */
  public Optional<Outcome> judged() {
    return Optional.ofNullable(judgement);
  }

  /** What is near the items that moved most, where that is known. */
  public Optional<Neighbourhoods> around() {
    return Optional.ofNullable(neighbourhoods);
  }

  public Optional<Measured> measures() {
    return Optional.ofNullable(measured);
  }

  /** Of all releases, so that what compaction keeps is the newest of each pair. */
  public byte[] key() {
    return ReleaseKey.of(project, embeddings, release).against(base).bytes();
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static StabilityRecord read(byte[] json) {
    try {
      return JSON.readValue(json, StabilityRecord.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "what is known of a release needs an object with its names and status, got: " + broken,
          broken);
    }
  }
}
