package io.assay.stream.assertions;

import io.assay.stream.contract.PartialRecord;
import java.util.ArrayList;
import java.util.List;

/** Pieces put into records, each below what a topic allows. */
final class PartialRecords {
  private final Making making;
  private final LaneCounts.Numbers lanes;
  private final List<PartialRecord> all = new ArrayList<>();
  private final List<PartialRecord.Piece> pieces = new ArrayList<>();
  private int size;

  /** Makes a record of some pieces. */
  @FunctionalInterface
  interface Making {
    PartialRecord of(LaneCounts.Numbers lanes, List<PartialRecord.Piece> pieces);
  }

  PartialRecords(Making making, LaneCounts.Numbers lanes) {
    this.making = making;
    this.lanes = lanes;
  }

  void add(int lane, long received, byte[] part) {
    if (size > 0 && size + part.length > LaneCounts.MOST_BYTES) {
      end();
    }
    pieces.add(new PartialRecord.Piece(lane, received, part));
    size += part.length;
  }

  List<PartialRecord> all() {
    if (!pieces.isEmpty()) {
      end();
    }
    return List.copyOf(all);
  }

  private void end() {
    all.add(making.of(lanes, pieces));
    pieces.clear();
    size = 0;
  }
}
