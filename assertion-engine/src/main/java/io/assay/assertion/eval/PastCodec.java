package io.assay.assertion.eval;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Row;
import org.jspecify.annotations.Nullable;

/**
 * Events of one stream and key as bytes of a state, one after the other: where one comes from is
 * told from the one before.
 */
final class PastCodec {
  private static final int WITH_ID = 1;
  private static final int WITH_ORDINAL = 2;
  private static final int WITH_VERSION = 4;
  private static final int WITH_ROW = 8;
  private static final int SAME_PARTITION = 16;

  private final RowShape rows;
  private final EventNames names;
  private @Nullable Coordinates before;

  /**
   * @param rows as they are read
   */
  PastCodec(RowShape rows, EventNames names) {
    this.rows = rows;
    this.names = names;
  }

  void write(Past past, StateWriter out) {
    // judged as one of another key's, it is not called as this key calls its events
    String id = past.names().equals(names) ? past.declaredId() : past.id();
    Row row = past.row();
    boolean same = isOfSamePartition(past.source());
    out.writeByte(
        (id != null ? WITH_ID : 0)
            | (past.ordinal() != 0 ? WITH_ORDINAL : 0)
            | (past.version() != null ? WITH_VERSION : 0)
            | (row != null ? WITH_ROW : 0)
            | (same ? SAME_PARTITION : 0));
    out.writeTime(past.at());
    if (id != null) {
      out.writeName(id);
    }
    if (past.ordinal() != 0) {
      out.writeUnsigned(past.ordinal());
    }
    writeSource(past.source(), same, out);
    if (past.version() != null) {
      out.writeName(past.version());
    }
    if (row != null) {
      ValueCodec.writeRow(row, out);
    }
  }

  private boolean isOfSamePartition(Coordinates source) {
    return before != null
        && before.partition() == source.partition()
        && before.topic().equals(source.topic());
  }

  private void writeSource(Coordinates source, boolean same, StateWriter out) {
    if (same && before != null) {
      out.writeLong(source.offset() - before.offset());
    } else {
      out.writeName(source.topic());
      out.writeLong(source.partition());
      out.writeLong(source.offset());
    }
    before = source;
  }

  Past read(long sequence, StateReader in) {
    return in.isCompact() ? readCompact(sequence, in) : readOlder(sequence, in);
  }

  private Past readCompact(long sequence, StateReader in) {
    int flags = in.readByte();
    long at = in.readTime();
    String id = (flags & WITH_ID) != 0 ? in.readName() : null;
    int ordinal = (flags & WITH_ORDINAL) != 0 ? (int) in.readUnsigned() : 0;
    Coordinates source = readSource((flags & SAME_PARTITION) != 0, in);
    String version = (flags & WITH_VERSION) != 0 ? in.readName() : null;
    Row row = (flags & WITH_ROW) != 0 ? rows.readRow(in) : null;
    return new Past(sequence, id, names, at, ordinal, source, version, row);
  }

  private Coordinates readSource(boolean same, StateReader in) {
    if (same && before == null) {
      throw in.broken("where an event comes from");
    }
    before =
        same && before != null
            ? new Coordinates(before.topic(), before.partition(), before.offset() + in.readLong())
            : new Coordinates(in.readName(), (int) in.readLong(), in.readLong());
    return before;
  }

  private Past readOlder(long sequence, StateReader in) {
    return new Past(
        sequence,
        in.readText(),
        names,
        in.readLong(),
        (int) in.readUnsigned(),
        new Coordinates(in.readText(), (int) in.readLong(), in.readLong()),
        in.readByte() == 0 ? null : in.readText(),
        in.readByte() == 0 ? null : rows.readRow(in));
  }
}
