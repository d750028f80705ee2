package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.stream.contract.CountRecord.InSlice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was counted in one minute of event time, by stream, assertion and expectation. */
final class CountSheet {
  private static final int VERSION = 3;

  /** Without slices; still written where there are none, so that it can be read as before. */
  private static final int NO_SLICES = 2;

  /** Of one stream, without its name. */
  private static final int ONE_STREAM = 1;

  private static final int TALLIES = 7;

  private final Map<Name, Cell> cells = new LinkedHashMap<>();

  record Name(String stream, String assertion, String expectation) {}

  /** The figures of one expectation, cumulative, and how often they were sent. */
  static final class Cell {
    private final long[] tallies = new long[TALLIES];
    private final long[] told = new long[TALLIES];
    private final Map<String, SliceCounts> slices = new TreeMap<>();
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

    /** What is counted by some slices, in their order. */
    List<SliceCounts> slices(List<String> names) {
      return names.stream()
          .map(name -> slices.computeIfAbsent(name, unused -> new SliceCounts()))
          .toList();
    }

    /** By slice what was counted of each. */
    List<InSlice> inSlices() {
      List<InSlice> all = new ArrayList<>();
      slices.forEach((name, counts) -> all.addAll(counts.parts(name)));
      return all;
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
    List<String> slices =
        cells.values().stream().flatMap(cell -> cell.slices.keySet().stream()).distinct().toList();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(slices.isEmpty() ? NO_SLICES : VERSION);
      if (!slices.isEmpty()) {
        writeNumber(out, slices.size());
        for (String slice : slices) {
          out.writeUTF(slice);
        }
      }
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
        if (!slices.isEmpty()) {
          writeSlices(out, entry.getValue().slices, slices);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void writeSlices(
      DataOutputStream out, Map<String, SliceCounts> counted, List<String> names)
      throws IOException {
    writeNumber(out, counted.size());
    for (Map.Entry<String, SliceCounts> one : counted.entrySet()) {
      writeNumber(out, names.indexOf(one.getKey()));
      for (int place = 0; place < SliceCounts.SIZE; place++) {
        writeNumber(out, one.getValue().at(place));
      }
    }
  }

  private static void readSlices(DataInputStream in, Cell cell, List<String> names)
      throws IOException {
    long size = readNumber(in);
    for (long i = 0; i < size; i++) {
      var counts = new SliceCounts();
      cell.slices.put(names.get((int) readNumber(in)), counts);
      for (int place = 0; place < SliceCounts.SIZE; place++) {
        counts.put(place, readNumber(in));
      }
    }
  }

  private static List<String> readNames(DataInputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    long size = readNumber(in);
    for (long i = 0; i < size; i++) {
      names.add(in.readUTF());
    }
    return names;
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
      if (version < ONE_STREAM || version > VERSION) {
        throw new IllegalStateException(
            "counts are stored in version %d, this program reads %d".formatted(version, VERSION));
      }
      List<String> slices = version > NO_SLICES ? readNames(in) : List.of();
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
        if (version > NO_SLICES) {
          readSlices(in, cell, slices);
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
