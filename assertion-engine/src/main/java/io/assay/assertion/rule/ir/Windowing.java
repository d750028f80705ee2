package io.assay.assertion.rule.ir;

import java.util.List;
import java.util.Optional;

/**
 * What the windows of an assertion gather. Judged in two stages: for every unit (event, element or
 * pair) the {@code terms} of the statistics are worked out and added to the state of its window and
 * segment; at the window's end the locals of the statistics are set, then {@code lets}, then {@code
 * across}, and the conditions are plain terms over them.
 *
 * @param segments a state for each combination of their values; none: one for all
 * @param leasts else the window (of a segment) is undecided
 * @param statistics in the order in which they were written, none twice
 * @param lets of the window's values; those of single events are the assertion's {@code lets}
 * @param across in order; set for the expectation that names their segment
 * @param count units in the window, an INT, where an expression uses it; {@code pairs} under {@code
 *     compare}
 * @param start of the window, a TIMESTAMP
 * @param end of the window, a TIMESTAMP
 */
public record Windowing(
    List<Segment> segments,
    List<Least> leasts,
    List<Statistic> statistics,
    List<CheckedAssertion.Let> lets,
    List<Across> across,
    Optional<Local> count,
    Optional<Local> start,
    Optional<Local> end) {
  public Windowing {
    segments = List.copyOf(segments);
    leasts = List.copyOf(leasts);
    statistics = List.copyOf(statistics);
    lets = List.copyOf(lets);
    across = List.copyOf(across);
  }

  /**
   * One name of {@code by}.
   *
   * @param local set for every unit, and again at the end
   * @param value of the event: a BOOL, INT or STRING
   */
  public record Segment(String name, Local local, Term value) {}

  /** At least so many of these in a window. */
  public record Least(long count, Unit of) {}

  /** What {@code at least} counts. */
  public enum Unit {
    EVENTS,
    ELEMENTS,
    PAIRS,
    /** Units whose truth has come. */
    TRUTHS
  }

  /**
   * One statistic over the units of a window.
   *
   * @param local where its value is put at the window's end
   * @param overload stable name from the catalogue, such as {@code psi_double}
   * @param terms of the single unit, worked out as it comes; a unit without the value is left out,
   *     but {@code missing} counts it
   * @param parameters such as the share of a quantile
   * @param baseline what it is held against
   * @param toldOnly used by the sentence alone: the judgement hash does not know it, so a state may
   *     be without it
   */
  public record Statistic(
      Local local,
      String overload,
      List<Term> terms,
      List<Term.Constant> parameters,
      Optional<Baseline> baseline,
      boolean toldOnly) {
    public Statistic {
      terms = List.copyOf(terms);
      parameters = List.copyOf(parameters);
    }
  }

  /** What a window is held against. */
  public sealed interface Baseline {
    /** The time before the window begins. */
    record Last(long nanos) implements Baseline {}

    /** A window that was pinned under a name. */
    record Pinned(String name) implements Baseline {
      /** Its events as JSON Lines, beside the rule file. */
      public String file() {
        return "baselines/" + name + ".jsonl";
      }
    }

    /** JSON Lines of the stream, beside the rule file. */
    record File(String path) implements Baseline {}

    /** The events of a version of the stream's model. */
    record Version(String version) implements Baseline {}
  }

  /**
   * A value over the segments of a window: {@code min(mean(x))} under {@code across region:}.
   *
   * @param local where the value is put
   * @param overload the function over the list of the segments' values, such as {@code min_list}
   * @param each worked out for every value of the segment that had enough
   * @param toldOnly used by the sentence alone
   */
  public record Across(Local local, String segment, String overload, Term each, boolean toldOnly) {}
}
