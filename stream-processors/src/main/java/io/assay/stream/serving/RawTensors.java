package io.assay.stream.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Tensors as bytes: little endian, one element behind the other; texts each behind its length (Open
 * Inference Protocol, {@code raw_input_contents} and the binary data extension).
 */
final class RawTensors {
  private RawTensors() {}

  static Tensor read(String name, String datatype, List<Integer> shape, ByteBuffer bytes) {
    ByteBuffer raw = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (datatype.equals("BYTES")) {
      return new Tensor(name, shape, texts(name, raw));
    }
    int width = width(name, datatype);
    if (raw.remaining() % width != 0) {
      throw new UnreadablePayload(
          "tensor '%s' of %s needs a multiple of %d bytes, %d came"
              .formatted(name, datatype, width, raw.remaining()));
    }
    return new Tensor(name, shape, new Numbers(raw, datatype, raw.remaining() / width));
  }

  private static int width(String name, String datatype) {
    return switch (datatype) {
      case "BOOL", "INT8", "UINT8" -> 1;
      case "INT16", "UINT16", "FP16", "BF16" -> 2;
      case "INT32", "UINT32", "FP32" -> 4;
      case "INT64", "UINT64", "FP64" -> 8;
      default ->
          throw new UnreadablePayload(
              "tensor '%s' is of %s, which is no datatype of the protocol"
                  .formatted(name, datatype.isEmpty() ? "no datatype" : datatype));
    };
  }

  private static Texts texts(String name, ByteBuffer raw) {
    List<String> texts = new ArrayList<>();
    while (raw.hasRemaining()) {
      int length = raw.remaining() < 4 ? -1 : raw.getInt();
      if (length < 0 || length > raw.remaining()) {
        throw new UnreadablePayload(
            "tensor '%s' of BYTES ends in the middle of its text %d".formatted(name, texts.size()));
      }
      texts.add(text(raw.slice(raw.position(), length)));
      raw.position(raw.position() + length);
    }
    return new Texts(texts);
  }

  /** Bytes that are no UTF-8, an image perhaps, as base64. */
  static String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException binary) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return Base64.getEncoder().encodeToString(copy);
    }
  }

  /** Texts, or bytes as texts. */
  record Texts(List<String> texts) implements Values {
    Texts {
      texts = List.copyOf(texts);
    }

    @Override
    public int size() {
      return texts.size();
    }

    @Override
    public void write(int index, JsonGenerator json) {
      json.writeString(texts.get(index));
    }
  }

  /** Read where they lie, when they are written. */
  private record Numbers(ByteBuffer raw, String datatype, int size) implements Values {
    @Override
    public void write(int i, JsonGenerator json) {
      switch (datatype) {
        case "BOOL" -> json.writeBoolean(raw.get(i) != 0);
        case "INT8" -> json.writeNumber((int) raw.get(i));
        case "UINT8" -> json.writeNumber(raw.get(i) & 0xff);
        case "INT16" -> json.writeNumber((int) raw.getShort(2 * i));
        case "UINT16" -> json.writeNumber(raw.getShort(2 * i) & 0xffff);
        case "FP16" -> json.writeNumber(Float.float16ToFloat(raw.getShort(2 * i)));
        case "BF16" -> json.writeNumber(Float.intBitsToFloat(raw.getShort(2 * i) << 16));
        case "INT32" -> json.writeNumber(raw.getInt(4 * i));
        case "UINT32" -> json.writeNumber(raw.getInt(4 * i) & 0xffff_ffffL);
        case "FP32" -> json.writeNumber(raw.getFloat(4 * i));
        case "INT64" -> json.writeNumber(raw.getLong(8 * i));
        case "UINT64" -> writeUnsigned(raw.getLong(8 * i), json);
        case "FP64" -> json.writeNumber(raw.getDouble(8 * i));
        default -> throw new IllegalStateException("no width was known of " + datatype);
      }
    }
  }

  static void writeUnsigned(long bits, JsonGenerator json) {
    if (bits >= 0) {
      json.writeNumber(bits);
    } else {
      json.writeNumber(new java.math.BigInteger(Long.toUnsignedString(bits)));
    }
  }
}
