package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * What windows count of an event that the judge of its key has taken: itself, and the pairs of
 * versions that it completes.
 */
public record Taken(Event event, List<Pair> pairs) {
  public Taken {
    pairs = List.copyOf(pairs);
  }

  static Taken alone(Event event) {
    return new Taken(event, List.of());
  }

  /** Read again from {@link #pairsAsBytes}, by rules of the same stream. */
  public static Taken of(Event event, byte[] pairs) {
    List<Pair> all = new ArrayList<>();
    StateReader in = new StateReader(pairs);
    while (!in.atEnd()) {
      all.add(
          new Pair(
              in.readText(),
              ValueCodec.readRow(event.stream().root(), in),
              ValueCodec.readRow(event.stream().root(), in),
              in.readLong(),
              in.readLong()));
    }
    return new Taken(event, all);
  }

  /** The pairs, for whoever counts the event again. */
  public byte[] pairsAsBytes() {
    StateWriter out = new StateWriter();
    for (Pair pair : pairs) {
      out.writeText(pair.assertion());
      ValueCodec.writeRow(pair.older(), out);
      ValueCodec.writeRow(pair.newer(), out);
      out.writeLong(pair.at());
      out.writeLong(pair.apart());
    }
    return out.toBytes();
  }

  /** Those of one assertion. */
  List<Pair> pairs(String assertion) {
    return pairs.stream().filter(pair -> pair.assertion().equals(assertion)).toList();
  }

  /**
   * One input, judged by two versions.
   *
   * @param assertion which compares them
   * @param at event time of the later event
   * @param apart from the earlier one to it, nanoseconds
   */
  record Pair(String assertion, Row older, Row newer, long at, long apart) {}
}
