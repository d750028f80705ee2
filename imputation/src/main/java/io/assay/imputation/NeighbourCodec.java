package io.assay.imputation;

import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembered rows as bytes: how each attribute looks at them, how many, and what they have. */
final class NeighbourCodec {
  private NeighbourCodec() {}

  static void write(Neighbours neighbours, DataOutputStream out) throws IOException {
    Codes rows = neighbours.rows();
    for (int a = 0; a < rows.attributes(); a++) {
      Optional<Neighbours.Blend> blend = neighbours.blend(a);
      out.writeBoolean(blend.isPresent());
      if (blend.isPresent()) {
        out.writeDouble(blend.get().width());
        out.writeDouble(blend.get().network());
      }
    }
    out.writeInt(rows.rows());
    for (int a = 0; a < rows.attributes(); a++) {
      for (int value : rows.values(a)) {
        out.writeInt(value);
      }
      ModelCodec.floats(rows.numbers(a), out);
    }
  }

  static Neighbours read(Layout layout, DataInputStream in) throws IOException {
    List<Optional<Neighbours.Blend>> blends = new ArrayList<>();
    for (int a = 0; a < layout.attributes(); a++) {
      blends.add(
          in.readBoolean()
              ? Optional.of(new Neighbours.Blend(in.readDouble(), in.readDouble()))
              : Optional.empty());
    }
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new IllegalArgumentException("%d rows are told, and not there".formatted(count));
    }
    int[][] values = new int[layout.attributes()][];
    float[][] numbers = new float[layout.attributes()][];
    for (int a = 0; a < layout.attributes(); a++) {
      values[a] = new int[layout.isNumber(a) ? 0 : count];
      for (int row = 0; row < values[a].length; row++) {
        values[a][row] = in.readInt();
      }
      numbers[a] = ModelCodec.floats(in);
    }
    return Neighbours.of(new Codes(values, numbers, count), blends);
  }
}
