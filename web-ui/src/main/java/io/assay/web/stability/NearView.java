package io.assay.web.stability;

import io.assay.stream.contract.StabilityRecord.Neighbour;
import io.assay.stream.contract.StabilityRecord.Neighbourhood;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What was near an item and is now, side by side.
 *
 * @param displacement how far it moved
 * @param stayed how many are near it in both
 * @param before nearest first, those that are lost marked
 * @param after nearest first, those that are new marked
 */
record NearView(String item, double displacement, int stayed, List<Row> before, List<Row> after) {
  NearView {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** What became of a neighbour. */
  enum Change {
    STAYED,
    LOST,
    NEW
  }

  /**
   * One neighbour.
   *
   * @param place from 1
   * @param similarity the cosine
   * @param other its place on the other side; 0 where it is not there
   * @param followed whether it is known what is near it
   */
  record Row(
      int place, String item, double similarity, Change change, int other, boolean followed) {}

  static NearView of(Neighbourhood one, Neighbourhoods all) {
    return new NearView(
        one.item(),
        one.displacement(),
        (int) one.before().stream().filter(near -> place(near, one.after()).isPresent()).count(),
        rows(one.before(), one.after(), Change.LOST, all),
        rows(one.after(), one.before(), Change.NEW, all));
  }

  private static List<Row> rows(
      List<Neighbour> side, List<Neighbour> other, Change alone, Neighbourhoods all) {
    return IntStream.range(0, side.size())
        .mapToObj(
            i -> {
              Neighbour near = side.get(i);
              OptionalInt there = place(near, other);
              return new Row(
                  i + 1,
                  near.item(),
                  near.similarity(),
                  there.isPresent() ? Change.STAYED : alone,
                  there.orElse(0),
                  all.items().stream().anyMatch(known -> known.item().equals(near.item())));
            })
        .toList();
  }

  private static OptionalInt place(Neighbour near, List<Neighbour> among) {
    return IntStream.range(0, among.size())
        .filter(i -> among.get(i).item().equals(near.item()))
        .map(i -> i + 1)
        .findFirst();
  }
}
