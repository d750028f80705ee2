package io.assay.stream.serving;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** A tensor whose values stand in fields of their own type ({@code InferTensorContents}). */
final class Contents {
  String name = "";
  String datatype = "";
  final List<Integer> shape = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  /** Numbers as bits, so that none is boxed. */
  private long[] bits = {};

  private int count;
  private Kind kind = Kind.NONE;

  private enum Kind {
    NONE,
    BOOL,
    SIGNED,
    UNSIGNED,
    FLOAT,
    DOUBLE,
    TEXT
  }

  void readShape(CodedInputStream in, int tag) throws IOException {
    repeated(
        in,
        tag,
        () -> {
          long size = in.readInt64();
          if (size < 0 || size > Integer.MAX_VALUE) {
            throw new UnreadablePayload(
                "tensor '%s' needs sizes from 0 on, got %d".formatted(name, size));
          }
          shape.add((int) size);
        });
  }

  void read(CodedInputStream in) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> repeated(in, tag, () -> add(Kind.BOOL, in.readBool() ? 1 : 0));
        case 2 -> repeated(in, tag, () -> add(Kind.SIGNED, in.readInt32()));
        case 3 -> repeated(in, tag, () -> add(Kind.SIGNED, in.readInt64()));
        case 4 -> repeated(in, tag, () -> add(Kind.UNSIGNED, in.readUInt32() & 0xffff_ffffL));
        case 5 -> repeated(in, tag, () -> add(Kind.UNSIGNED, in.readUInt64()));
        case 6 -> repeated(in, tag, () -> add(Kind.FLOAT, in.readFixed32()));
        case 7 -> repeated(in, tag, () -> add(Kind.DOUBLE, in.readFixed64()));
        case 8 -> {
          be(Kind.TEXT);
          texts.add(RawTensors.text(in.readByteBuffer()));
        }
        default -> in.skipField(tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(limit);
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Packed, or one by one: a reader has to take both. */
  private static void repeated(CodedInputStream in, int tag, Step one) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      one.run();
      return;
    }
    int limit = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      one.run();
    }
    in.popLimit(limit);
  }

  private void add(Kind of, long value) {
    be(of);
    if (count == bits.length) {
      bits = Arrays.copyOf(bits, Math.max(8, 2 * count));
    }
    bits[count++] = value;
  }

  private void be(Kind of) {
    if (kind != Kind.NONE && kind != of) {
      throw new UnreadablePayload(
          "tensor '%s' has values of two kinds, %s and %s".formatted(name, kind, of));
    }
    kind = of;
  }

  Tensor typed() {
    return new Tensor(
        name,
        shape,
        kind == Kind.TEXT ? new RawTensors.Texts(texts) : new Numbers(bits, count, kind));
  }

  private static final class Numbers implements Values {
    private final long[] bits;
    private final int count;
    private final Kind kind;

    Numbers(long[] bits, int count, Kind kind) {
      this.bits = bits;
      this.count = count;
      this.kind = kind;
    }

    @Override
    public int size() {
      return count;
    }

    @Override
    public void write(int index, JsonGenerator json) {
      long value = bits[index];
      switch (kind) {
        case BOOL -> json.writeBoolean(value != 0);
        case SIGNED -> json.writeNumber(value);
        case UNSIGNED -> RawTensors.writeUnsigned(value, json);
        case FLOAT -> json.writeNumber(Float.intBitsToFloat((int) value));
        case DOUBLE -> json.writeNumber(Double.longBitsToDouble(value));
        case NONE, TEXT -> throw new IllegalStateException(kind + " are no numbers");
      }
    }
  }
}
