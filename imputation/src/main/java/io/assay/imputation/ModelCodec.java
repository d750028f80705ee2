package io.assay.imputation;

import io.assay.imputation.net.Layout;
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
 * An imputer as bytes, big-endian: what it is, the version, then schema, codebook, network,
 * calibration and card. A reader knows every version before its own; the first one had distances of
 * held-back cells where later ones have errors, the second one no neighbours.
 */
final class ModelCodec {
  private static final byte[] WHAT = "assay-imputer".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 3;

  private ModelCodec() {}

  static byte[] write(AimNet imputer) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(WHAT);
      out.writeInt(VERSION);
      schema(imputer.schema(), out);
      for (int a = 0; a < imputer.schema().columns().size(); a++) {
        entry(imputer.codebook().entry(a), out);
      }
      out.writeInt(imputer.layout().width());
      out.writeInt(imputer.layout().hidden());
      floats(imputer.parameters(), out);
      NeighbourCodec.write(imputer.neighbours(), out);
      for (int a = 0; a < imputer.schema().columns().size(); a++) {
        out.writeDouble(imputer.calibration().temperature(a));
        floats(imputer.calibration().residuals(a).errors(), out);
      }
      out.writeDouble(imputer.least());
      card(imputer.card(), out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static AimNet read(byte[] bytes) {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      byte[] what = in.readNBytes(WHAT.length);
      if (!Arrays.equals(what, WHAT)) {
        throw new IllegalArgumentException("an imputer is needed, got something else");
      }
      int version = in.readInt();
      if (version < 1 || version > VERSION) {
        throw new IllegalArgumentException(
            "an imputer of version 1 to %d is needed, got version %d".formatted(VERSION, version));
      }
      return read(in, version);
    } catch (IOException cut) {
      throw new IllegalArgumentException(
          "an imputer of %d bytes ends too early".formatted(bytes.length), cut);
    }
  }

  private static AimNet read(DataInputStream in, int version) throws IOException {
    Schema schema = schema(in);
    List<Codebook.Entry> entries = new ArrayList<>();
    for (Column ignored : schema.columns()) {
      entries.add(entry(in));
    }
    Codebook codebook = Codebook.of(schema, entries);
    var layout = new Layout(codebook.attributes(), in.readInt(), in.readInt());
    float[] parameters = floats(in);
    if (parameters.length != layout.size()) {
      throw new IllegalArgumentException(
          "an imputer of %d numbers is needed, got %d".formatted(layout.size(), parameters.length));
    }
    Neighbours neighbours =
        version < 3 ? Neighbours.none(layout.attributes()) : NeighbourCodec.read(layout, in);
    List<Double> temperatures = new ArrayList<>();
    List<Residuals> residuals = new ArrayList<>();
    for (int a = 0; a < layout.attributes(); a++) {
      int dimensions = Math.max(1, layout.dimensions(a));
      temperatures.add(in.readDouble());
      float[] errors = floats(in);
      residuals.add(
          version == 1
              ? Residuals.ofDistances(errors, dimensions)
              : Residuals.of(errors, dimensions));
    }
    var calibration = new Calibration(temperatures, residuals);
    double least = in.readDouble();
    return new AimNet(
        codebook, layout, parameters, neighbours, calibration, least, card(schema, in));
  }

  private static void schema(Schema schema, DataOutputStream out) throws IOException {
    out.writeInt(schema.columns().size());
    for (Column column : schema.columns()) {
      out.writeByte(
          switch (column) {
            case Column.Category ignored -> 0;
            case Column.Text ignored -> 1;
            case Column.Numbers ignored -> 2;
          });
      Texts.text(column.name(), out);
      Texts.texts(column.columns(), out);
    }
    out.writeInt(schema.leftOut().size());
    for (Schema.LeftOut one : schema.leftOut()) {
      Texts.text(one.column(), out);
      Texts.text(one.reason().name(), out);
    }
  }

  private static Schema schema(DataInputStream in) throws IOException {
    List<Column> columns = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      int kind = in.readByte();
      String name = Texts.text(in);
      List<String> names = Texts.texts(in);
      columns.add(
          switch (kind) {
            case 0 -> new Column.Category(name);
            case 1 -> new Column.Text(name);
            case 2 -> new Column.Numbers(name, names);
            default -> throw new IllegalArgumentException("a column of unknown kind " + kind);
          });
    }
    List<Schema.LeftOut> leftOut = new ArrayList<>();
    int left = in.readInt();
    for (int i = 0; i < left; i++) {
      leftOut.add(new Schema.LeftOut(Texts.text(in), Schema.Reason.valueOf(Texts.text(in))));
    }
    return new Schema(columns, leftOut);
  }

  private static void entry(Codebook.Entry entry, DataOutputStream out) throws IOException {
    switch (entry) {
      case Codebook.Known known -> {
        out.writeBoolean(true);
        Texts.texts(known.values(), out);
        for (int count : known.counts()) {
          out.writeInt(count);
        }
        out.writeInt(known.buckets());
      }
      case Codebook.Scales scales -> {
        out.writeBoolean(false);
        out.writeInt(scales.scales().size());
        for (Codebook.Scale scale : scales.scales()) {
          out.writeDouble(scale.mean());
          out.writeDouble(scale.deviation());
          out.writeInt(scale.decimals());
        }
      }
    }
  }

  private static Codebook.Entry entry(DataInputStream in) throws IOException {
    if (in.readBoolean()) {
      List<String> values = Texts.texts(in);
      List<Integer> counts = new ArrayList<>();
      for (String ignored : values) {
        counts.add(in.readInt());
      }
      return Codebook.Known.of(values, counts, in.readInt());
    }
    List<Codebook.Scale> scales = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      scales.add(new Codebook.Scale(in.readDouble(), in.readDouble(), in.readInt()));
    }
    return new Codebook.Scales(scales);
  }

  private static void card(Card card, DataOutputStream out) throws IOException {
    out.writeInt(card.rows());
    out.writeLong(card.seed());
    for (Card.Score score : card.columns()) {
      out.writeInt(score.cells());
      out.writeDouble(score.score());
      out.writeDouble(score.baseline());
    }
  }

  private static Card card(Schema schema, DataInputStream in) throws IOException {
    int rows = in.readInt();
    long seed = in.readLong();
    List<Card.Score> scores = new ArrayList<>();
    for (Column column : schema.columns()) {
      scores.add(new Card.Score(column, in.readInt(), in.readDouble(), in.readDouble()));
    }
    return new Card(rows, seed, scores);
  }

  static void floats(float[] values, DataOutputStream out) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  static float[] floats(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / 4) {
      throw new IllegalArgumentException("%d numbers are told, and not there".formatted(count));
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
