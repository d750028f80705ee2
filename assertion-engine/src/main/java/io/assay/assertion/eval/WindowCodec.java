package io.assay.assertion.eval;

import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts and states of an assertion over windows as bytes. The judgement hash tells that statistics
 * which judge are the same, in their order, and windows, too; statistics that only a sentence asks
 * for are told apart by their texts, and one that is new is not known of windows that are open.
 */
final class WindowCodec {
  /** Raised by any change of the layout; older ones are read by code that stays, or refused. */
  static final int VERSION = 2;

  /** Of those that count from the first event on, as all did before. */
  private static final int FROM_THE_FIRST = 1;

  private final WindowRule rule;
  private final long shape;

  WindowCodec(WindowRule rule) {
    this.rule = rule;
    this.shape = Hashes.shortOf(rule.assertion().judgementHash());
  }

  byte[] write(WindowPart part) {
    StateWriter out = new StateWriter();
    boolean fromTheFirst = part.midway.equals(Midway.NOT);
    writeHead(fromTheFirst ? FROM_THE_FIRST : VERSION, out);
    if (!fromTheFirst) {
      out.writeFixed(part.midway.last());
      out.writeFixed(part.midway.now());
    }
    out.writeFixed(part.clock);
    out.writeFixed(part.began);
    out.writeByte(part.failed ? 1 : 0);
    out.writeUnsigned(part.events);
    part.groups.forEach(panes -> panes.write(out));
    return out.toBytes();
  }

  WindowPart read(WindowPart part, byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int version = readVersion(in);
    int[] places = readHead(in);
    if (version > FROM_THE_FIRST) {
      part.midway = new Midway(in.readFixed(), in.readFixed());
    }
    part.clock = in.readFixed();
    part.began = in.readFixed();
    part.failed = in.readByte() != 0;
    part.events = in.readUnsigned();
    part.groups.forEach(panes -> panes.read(places, in));
    end(in);
    return part;
  }

  byte[] write(WindowState state) {
    StateWriter out = new StateWriter();
    boolean fromTheFirst = state.uncounted == Long.MIN_VALUE;
    writeHead(fromTheFirst ? FROM_THE_FIRST : VERSION, out);
    if (!fromTheFirst) {
      out.writeFixed(state.uncounted);
    }
    out.writeFixed(state.closed);
    out.writeFixed(state.began);
    out.writeByte(state.failed ? 1 : 0);
    state.partitions.write(out);
    state.groups.forEach(panes -> panes.write(out));
    state.episodes.write(out);
    return out.toBytes();
  }

  WindowState read(WindowState state, byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int version = readVersion(in);
    int[] places = readHead(in);
    if (version > FROM_THE_FIRST) {
      state.uncounted = in.readFixed();
    }
    state.closed = in.readFixed();
    state.began = in.readFixed();
    state.failed = in.readByte() != 0;
    state.partitions.read(in);
    state.groups.forEach(panes -> panes.read(places, in));
    state.episodes.read(in);
    end(in);
    return state;
  }

  private static void end(StateReader in) {
    if (!in.atEnd()) {
      throw in.broken("its end");
    }
  }

  private void writeHead(int version, StateWriter out) {
    out.writeByte(version);
    out.writeFixed(shape);
    List<String> told = told();
    out.writeUnsigned(rule.shape.gauges().size() - told.size());
    out.writeUnsigned(told.size());
    told.forEach(out::writeText);
  }

  private static int readVersion(StateReader in) {
    int version = in.readByte();
    if (version < FROM_THE_FIRST || version > VERSION) {
      throw new IllegalArgumentException(
          "the state of a window needs version %d or older, got %d".formatted(VERSION, version));
    }
    return version;
  }

  /** Where each of the statistics written stands now; -1 where it does not. */
  private int[] readHead(StateReader in) {
    if (in.readFixed() != shape) {
      throw new IllegalArgumentException("the state of a window is of another rule");
    }
    int judging = (int) in.readUnsigned();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < judging; i++) {
      places.add(i);
    }
    List<String> now = told();
    int told = in.readCount();
    for (int i = 0; i < told; i++) {
      int at = now.indexOf(in.readText());
      places.add(at < 0 ? -1 : judging + at);
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<String> told() {
    return rule.shape.gauges().stream()
        .map(Gauge::statistic)
        .filter(Windowing.Statistic::toldOnly)
        .map(WindowNames::text)
        .toList();
  }
}
