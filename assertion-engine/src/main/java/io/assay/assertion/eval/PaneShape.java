package io.assay.assertion.eval;

import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.rule.ir.Windowing.Baseline;
import io.assay.assertion.statistics.Mergeable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the panes of an assertion count: a state for each of its statistics. */
final class PaneShape {
  private final List<Gauge<?>> gauges;
  private final BitSet all = new BitSet();

  PaneShape(List<Gauge<?>> gauges) {
    this.gauges = List.copyOf(gauges);
    this.all.set(0, gauges.size());
  }

  List<Gauge<?>> gauges() {
    return gauges;
  }

  Pane fresh() {
    Pane pane = new Pane(gauges.size());
    for (int i = 0; i < gauges.size(); i++) {
      pane.states[i] = gauges.get(i).fresh().get();
    }
    return pane;
  }

  /** A unit, whose variables stand in the frame, of an event of a version of the model. */
  void add(Pane pane, Frame frame, @Nullable String version) {
    pane.units++;
    add(pane, frame, version, all);
  }

  /** Some of what is counted of a unit, by their places. */
  void add(Pane pane, Frame frame, @Nullable String version, BitSet due) {
    for (int i = due.nextSetBit(0); i >= 0; i = due.nextSetBit(i + 1)) {
      Gauge<?> gauge = gauges.get(i);
      Mergeable<?> state = pane.states[i];
      if (state != null) {
        gauge.add(state, frame);
      }
      if (isOfVersion(gauge, version)) {
        addTo(pane.ofVersion, i, frame);
      }
    }
  }

  /** Adds the unit that stands in the frame to one of some states. */
  void addTo(@Nullable Mergeable<?>[] states, int place, Frame frame) {
    gauges.get(place).add(orFresh(states, place), frame);
  }

  private static boolean isOfVersion(Gauge<?> gauge, @Nullable String version) {
    return gauge.statistic().baseline().orElse(null) instanceof Baseline.Version wanted
        && wanted.version().equals(version);
  }

  private Mergeable<?> orFresh(@Nullable Mergeable<?>[] states, int place) {
    Mergeable<?> state = states[place];
    if (state == null) {
      state = gauges.get(place).fresh().get();
      states[place] = state;
    }
    return state;
  }

  /** The other pane stays as it is. */
  void merge(Pane into, Pane from) {
    into.events += from.events;
    into.units += from.units;
    into.truths += from.truths;
    for (int i = 0; i < gauges.size(); i++) {
      Mergeable<?> own = into.states[i];
      Mergeable<?> other = from.states[i];
      if (own == null || other == null) {
        into.states[i] = null;
      } else {
        gauges.get(i).merge(own, other);
      }
    }
    mergeVersions(into.ofVersion, from.ofVersion);
  }

  void mergeVersions(@Nullable Mergeable<?>[] into, @Nullable Mergeable<?>[] from) {
    for (int i = 0; i < gauges.size(); i++) {
      Mergeable<?> other = from[i];
      if (other != null) {
        gauges.get(i).merge(orFresh(into, i), other);
      }
    }
  }

  @Nullable Mergeable<?>[] none() {
    return new Mergeable<?>[gauges.size()];
  }

  /** A new state that has all that some have; empty where there are none. */
  Optional<Mergeable<?>> sum(int place, Stream<? extends @Nullable Mergeable<?>> states) {
    Gauge<?> gauge = gauges.get(place);
    List<Mergeable<?>> all = new ArrayList<>();
    states.forEach(
        state -> {
          if (state != null) {
            all.add(state);
          }
        });
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Mergeable<?> sum = gauge.fresh().get();
    all.forEach(state -> gauge.merge(sum, state));
    return Optional.of(sum);
  }

  /** What a later window may be held against stays, packed; the rest goes. */
  void thin(Pane pane) {
    for (int i = 0; i < gauges.size(); i++) {
      Mergeable<?> state = pane.states[i];
      if (state != null
          && gauges.get(i).statistic().baseline().orElse(null) instanceof Baseline.Last) {
        pane.pack(i, state.toBytes());
      }
      pane.states[i] = null;
      pane.ofVersion[i] = null;
    }
  }

  /** A state, unpacked where it was packed; null where there is none. */
  @Nullable Mergeable<?> state(Pane pane, int place) {
    byte @Nullable [] packed = pane.packed(place);
    return packed == null ? pane.states[place] : gauges.get(place).read().apply(packed);
  }

  /** One of some packed states; null where there is none. */
  @Nullable Mergeable<?> unpacked(byte[][] packed, int place) {
    return packed[place].length == 0 ? null : gauges.get(place).read().apply(packed[place]);
  }

  /** The sums of what later windows are held against, packed; of no length where there are none. */
  byte[][] packedSums(List<Pane> panes) {
    byte[][] sums = new byte[gauges.size()][];
    for (int i = 0; i < sums.length; i++) {
      int place = i;
      boolean wanted = gauges.get(i).statistic().baseline().orElse(null) instanceof Baseline.Last;
      sums[i] =
          (wanted
                  ? sum(place, panes.stream().map(pane -> state(pane, place)))
                  : Optional.<Mergeable<?>>empty())
              .map(Mergeable::toBytes)
              .orElse(new byte[0]);
    }
    return sums;
  }

  boolean isOfVersion(Pane pane) {
    return Arrays.stream(pane.ofVersion).anyMatch(Objects::nonNull);
  }

  /** What a pane with so many units needs at most. */
  long bytes(long units) {
    long bytes = 200;
    for (Gauge<?> gauge : gauges) {
      boolean twice = gauge.statistic().baseline().orElse(null) instanceof Baseline.Version;
      bytes += gauge.bytes(units) * (twice ? 2 : 1);
    }
    return bytes;
  }

  /** For how long before a window begins its panes are still asked for. */
  long reach() {
    return lasts().max().orElse(0);
  }

  /** The lengths of the times before a window that it is held against. */
  LongStream lasts() {
    return gauges.stream()
        .mapMultiToLong(
            (gauge, lengths) -> {
              if (gauge.statistic().baseline().orElse(null) instanceof Baseline.Last last) {
                lengths.accept(last.nanos());
              }
            });
  }

  void write(Pane pane, StateWriter out) {
    out.writeUnsigned(pane.events);
    out.writeUnsigned(pane.units);
    out.writeUnsigned(pane.truths);
    for (int i = 0; i < gauges.size(); i++) {
      Mergeable<?> state = pane.states[i];
      byte @Nullable [] packed = pane.packed(i);
      out.writeBytes(packed != null ? packed : state == null ? new byte[0] : state.toBytes());
    }
    writeStates(pane.ofVersion, out);
  }

  static void writeStates(@Nullable Mergeable<?>[] states, StateWriter out) {
    for (Mergeable<?> state : states) {
      out.writeBytes(state == null ? new byte[0] : state.toBytes());
    }
  }

  /** All where they stand now. */
  int[] places() {
    return IntStream.range(0, gauges.size()).toArray();
  }

  /** {@code places}: where each of the statistics written now stands; -1 for none. */
  Pane read(int[] places, StateReader in) {
    Pane pane = new Pane(gauges.size());
    pane.events = in.readUnsigned();
    pane.units = in.readUnsigned();
    pane.truths = in.readUnsigned();
    readStates(pane.states, places, in);
    readStates(pane.ofVersion, places, in);
    return pane;
  }

  void readStates(@Nullable Mergeable<?>[] states, int[] places, StateReader in) {
    for (int place : places) {
      byte[] bytes = in.readBytes();
      if (place >= 0 && bytes.length > 0) {
        states[place] = gauges.get(place).read().apply(bytes);
      }
    }
  }
}
