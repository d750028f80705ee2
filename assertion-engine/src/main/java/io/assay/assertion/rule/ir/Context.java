package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StreamType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an assertion looks at beside the events of its own stream.
 *
 * @param windowing where any of its expectations is over a window
 * @param versions under {@code compare VERSION by INPUT}
 * @param releases under {@code compare RELEASE with …}
 * @param trigger judged only where this one is violated
 * @param truths what came later, by event; undecided until it has come
 */
public record Context(
    Optional<Join> join,
    Optional<Windowing> windowing,
    Optional<Versions> versions,
    Optional<Releases> releases,
    Optional<Trigger> trigger,
    List<Awaited> truths) {
  public static final Context NONE =
      new Context(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public Context {
    truths = List.copyOf(truths);
  }

  /** The events of other streams that belong to an event of this one, by the same key. */
  public record Join(List<Partner> partners, How how) {
    public Join {
      partners = List.copyOf(partners);
    }

    /** Which event of a partner is taken. */
    public sealed interface How {
      /** The one nearest in time, up to so far away. */
      record Nearest(long nanos) implements How {}

      /** The latest that is not later than {@code time}, a TIMESTAMP of the event. */
      record AsOf(Term time, long atMostNanos) implements How {}
    }

    /**
     * A stream that is joined.
     *
     * @param event the local that holds its row
     * @param reads dotted paths within its stream
     */
    public record Partner(StreamType stream, Local event, Set<String> reads) {
      public Partner {
        reads = Set.copyOf(reads);
      }
    }
  }

  /**
   * The same input judged by two versions.
   *
   * @param version of the event; which is the old one, its name tells
   * @param input equal for both: a STRING or INT of the event
   * @param within how far apart the two may be, in nanoseconds; none: as long as the window is, or
   *     ten minutes where there is none
   * @param older the local {@code old}, a row
   * @param newer the local {@code new}, a row
   */
  public record Versions(Term version, Term input, OptionalLong within, Local older, Local newer) {
    /** How long the other version is waited for where nothing is said of it. */
    private static final long USUAL = 10 * 60_000_000_000L;

    /** How far apart the two of a pair may be that no window counts. */
    public long patience() {
      return within.orElse(USUAL);
    }

    /** How far apart the two of a pair may be that such a window counts; 0 for none. */
    public long reach(Window window) {
      long length =
          switch (window) {
            case Window.Tumbling w -> w.nanos();
            case Window.Hopping w -> w.nanos();
            case Window.Session w -> w.gapNanos();
            case Window.Last ignored -> 0;
          };
      return Math.min(length, within.orElse(length));
    }
  }

  /**
   * A closed release of embeddings and the one before.
   *
   * @param pinned the name of the one that it is held against; none: the last closed and accepted
   * @param leastShared else undecided: the least share of items that both have, 0 where none asked
   * @param measures the values to set, of those that are used
   */
  public record Releases(
      Embeddings embeddings, Optional<String> pinned, double leastShared, List<Measured> measures) {
    public Releases {
      measures = List.copyOf(measures);
    }
  }

  /** A measure and the local that takes its value. */
  public record Measured(Measure measure, Local local) {}

  /** How two releases differ; all but the last two give a DOUBLE. */
  public sealed interface Measure {
    /** Eigenspace instability. */
    record Eis() implements Measure {}

    /** The mean share of common nearest neighbours. */
    record Neighbours(long count) implements Measure {}

    /** Semantic displacement. */
    record Displacement() implements Measure {}

    /** The loss of pairwise inner products. */
    record Pip() implements Measure {}

    /** Eigenspace overlap. */
    record Overlap() implements Measure {}

    /** The share of items that both releases have, a RATIO. */
    record Coverage() implements Measure {}

    /** The items that moved most, a list of their names, the furthest first. */
    record Moved() implements Measure {}
  }

  /** Another assertion of the same stream. */
  public record Trigger(String assertion, String judgementHash) {}

  /** The truth of an event and the local that takes it. */
  public record Awaited(DeclaredStream.Truth truth, Local local) {}
}
