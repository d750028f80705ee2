package io.assay.imputation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A reservoir as bytes, big-endian: what it is, the version, how it was made, then its rows. A
 * reader knows every version before its own.
 */
final class ReservoirCodec {
  private static final byte[] WHAT = "assay-reservoir".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private ReservoirCodec() {}

  static byte[] write(Reservoir reservoir) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(WHAT);
      out.writeInt(VERSION);
      Texts.texts(reservoir.names(), out);
      out.writeInt(reservoir.capacity());
      out.writeLong(reservoir.halfLife());
      out.writeLong(reservoir.seed());
      out.writeLong(reservoir.offered());
      out.writeInt(reservoir.size());
      for (Reservoir.Row row : reservoir.rows()) {
        out.writeLong(row.at());
        out.writeLong(row.id());
        for (String cell : row.cells()) {
          Texts.text(cell, out);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static Reservoir read(byte[] bytes) {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      if (!Arrays.equals(in.readNBytes(WHAT.length), WHAT)) {
        throw new IllegalArgumentException("a reservoir is needed, got something else");
      }
      int version = in.readInt();
      if (version < 1 || version > VERSION) {
        throw new IllegalArgumentException(
            "a reservoir of version 1 to %d is needed, got version %d".formatted(VERSION, version));
      }
      return read(in);
    } catch (IOException cut) {
      throw new IllegalArgumentException(
          "a reservoir of %d bytes ends too early".formatted(bytes.length), cut);
    }
  }

  private static Reservoir read(DataInputStream in) throws IOException {
    var reservoir = new Reservoir(Texts.texts(in), in.readInt(), in.readLong(), in.readLong());
    long offered = in.readLong();
    int rows = in.readInt();
    for (int row = 0; row < rows; row++) {
      long at = in.readLong();
      long id = in.readLong();
      List<String> cells = new ArrayList<>();
      for (String ignored : reservoir.names()) {
        cells.add(Texts.text(in));
      }
      reservoir.add(cells, at, id);
    }
    return reservoir.offered(offered);
  }
}
