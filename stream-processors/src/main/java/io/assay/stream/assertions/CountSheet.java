package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was counted in one minute of event time, by stream, assertion and expectation. */
final class CountSheet {
  private static final int VERSION = 2;

  /** Of one stream, without its name. */
  private static final int ONE_STREAM = 1;

  private static final int TALLIES = 7;

  private final Map<Name, Cell> cells = new LinkedHashMap<>();

  record Name(String stream, String assertion, String expectation) {}

  /** The figures of one expectation, cumulative, and how often they were sent. */
  static final class Cell {
    private final long[] tallies = new long[TALLIES];
    private final long[] told = new long[TALLIES];
    private long sequence;
    private boolean changed;

    long of(Tally tally) {
      return tallies[place(tally)];
    }

    long sequence() {
      return sequence;
    }

    boolean changed() {
      return changed;
    }

    void add(Tally tally, long by) {
      tallies[place(tally)] += by;
      changed = true;
    }

    /** Tells what was counted since the last call, or since it was read. */
    void tell(Name name, Tallied to) {
      for (Tally tally : Tally.values()) {
        int place = place(tally);
        if (tallies[place] != told[place]) {
          to.counted(name, tally, tallies[place] - told[place]);
          told[place] = tallies[place];
        }
      }
    }

    void sent() {
      sequence++;
      changed = false;
    }
  }

  Cell cell(Name name) {
    return cells.computeIfAbsent(name, unused -> new Cell());
  }

  Map<Name, Cell> cells() {
    return cells;
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream(64 * cells.size() + 8);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writeNumber(out, cells.size());
      for (Map.Entry<Name, Cell> entry : cells.entrySet()) {
        out.writeUTF(entry.getKey().stream());
        out.writeUTF(entry.getKey().assertion());
        out.writeUTF(entry.getKey().expectation());
        writeNumber(out, entry.getValue().sequence);
        writeNumber(out, TALLIES);
        for (long tally : entry.getValue().tallies) {
          writeNumber(out, tally);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * All of it counts as changed: whether it was sent is known of the minute alone.
   *
   * @param stream whose counts those are that do not say
   */
  static CountSheet read(byte[] bytes, String stream) {
    var sheet = new CountSheet();
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION && version != ONE_STREAM) {
        throw new IllegalStateException(
            "counts are stored in version %d, this program reads %d".formatted(version, VERSION));
      }
      long size = readNumber(in);
      for (long i = 0; i < size; i++) {
        String of = version == ONE_STREAM ? stream : in.readUTF();
        var name = new Name(of, in.readUTF(), in.readUTF());
        var cell = new Cell();
        cell.sequence = readNumber(in);
        long tallies = readNumber(in);
        for (int tally = 0; tally < tallies; tally++) {
          cell.tallies[tally] = readNumber(in);
          cell.told[tally] = cell.tallies[tally];
        }
        cell.changed = true;
        sheet.cells.put(name, cell);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException("stored counts end early", broken);
    }
    return sheet;
  }

  /** Where a tally stands in what is stored; never changes. */
  private static int place(Tally tally) {
    return switch (tally) {
      case SEEN -> 0;
      case PASSED -> 1;
      case JUDGED -> 2;
      case HELD -> 3;
      case VIOLATED -> 4;
      case UNDECIDED -> 5;
      case LATE -> 6;
    };
  }

  /** Seven bits a byte, lowest first: most figures are small. */
  private static void writeNumber(DataOutputStream out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readNumber(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
  }
}
