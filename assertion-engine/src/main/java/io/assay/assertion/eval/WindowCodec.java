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
  static final int VERSION = 1;

  private final WindowRule rule;
  private final long shape;

  WindowCodec(WindowRule rule) {
    this.rule = rule;
    this.shape = Hashes.shortOf(rule.assertion().judgementHash());
  }

  byte[] write(WindowPart part) {
    StateWriter out = new StateWriter();
    writeHead(out);
    out.writeFixed(part.clock);
    out.writeFixed(part.began);
    out.writeByte(part.failed ? 1 : 0);
    out.writeUnsigned(part.events);
    part.groups.forEach(panes -> panes.write(out));
    return out.toBytes();
  }

  WindowPart read(WindowPart part, byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int[] places = readHead(in);
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
    writeHead(out);
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
    int[] places = readHead(in);
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

  private void writeHead(StateWriter out) {
    out.writeByte(VERSION);
    out.writeFixed(shape);
    List<String> told = told();
    out.writeUnsigned(rule.shape.gauges().size() - told.size());
    out.writeUnsigned(told.size());
    told.forEach(out::writeText);
  }

  /** Where each of the statistics written stands now; -1 where it does not. */
  private int[] readHead(StateReader in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the state of a window needs version %d, got %d".formatted(VERSION, version));
    }
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
