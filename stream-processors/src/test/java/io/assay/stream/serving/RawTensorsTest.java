package io.assay.stream.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Random tensors are written as bytes and come back as the values they were. */
class RawTensorsTest {
  private static final List<String> DATATYPES =
      List.of(
          "BOOL", "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64", "FP16",
          "BF16", "FP32", "FP64", "BYTES");

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void valuesComeBackInTheirPlaces(long seed) {
    var random = new Random(seed);
    List<Integer> shape = new ArrayList<>();
    for (int dimensions = random.nextInt(4); dimensions >= 0; dimensions--) {
      shape.add(1 + random.nextInt(4));
    }
    String datatype = DATATYPES.get(random.nextInt(DATATYPES.size()));
    var bytes = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    for (long i = Tensor.count(shape); i > 0; i--) {
      expected.add(element(datatype, random, bytes));
    }
    Tensor tensor = RawTensors.read("x", datatype, shape, ByteBuffer.wrap(bytes.toByteArray()));
    JsonNode whole = json(tensor, -1);
    List<String> found = new ArrayList<>();
    flatten(whole, shape, 0, found);
    assertThat(found).isEqualTo(expected);
    for (int row = 0; row < shape.getFirst(); row++) {
      JsonNode one = json(tensor, row);
      List<String> values = new ArrayList<>();
      Nodes.flat(one).nodes().forEach(node -> values.add(node.asString()));
      int length = expected.size() / shape.getFirst();
      assertThat(values).isEqualTo(expected.subList(row * length, (row + 1) * length));
    }
  }

  private static JsonNode json(Tensor tensor, int row) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
      if (row < 0) {
        tensor.write(json);
      } else {
        tensor.writeRow(row, json);
      }
    }
    return Json.MAPPER.readTree(bytes.toByteArray());
  }

  private static void flatten(JsonNode node, List<Integer> shape, int at, List<String> out) {
    if (at == shape.size()) {
      out.add(node.asString());
      return;
    }
    assertThat(node.size()).isEqualTo(shape.get(at));
    node.values().forEach(inner -> flatten(inner, shape, at + 1, out));
  }

  /** Writes one, and says how it reads as JSON's text. */
  private static String element(String datatype, Random random, ByteArrayOutputStream out) {
    ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    long bits = random.nextLong() >> random.nextInt(64);
    String text =
        switch (datatype) {
          case "BOOL" -> {
            raw.put((byte) (bits & 1));
            yield Boolean.toString((bits & 1) != 0);
          }
          case "INT8" -> Byte.toString(raw.put((byte) bits).get(0));
          case "UINT8" -> Integer.toString(Byte.toUnsignedInt(raw.put((byte) bits).get(0)));
          case "INT16" -> Short.toString(raw.putShort((short) bits).getShort(0));
          case "UINT16" ->
              Integer.toString(Short.toUnsignedInt(raw.putShort((short) bits).getShort(0)));
          case "INT32" -> Integer.toString(raw.putInt((int) bits).getInt(0));
          case "UINT32" -> Integer.toUnsignedString(raw.putInt((int) bits).getInt(0));
          case "INT64" -> Long.toString(raw.putLong(bits).getLong(0));
          case "UINT64" -> Long.toUnsignedString(raw.putLong(bits).getLong(0));
          case "FP16" -> {
            // Every half is a float, so a float made of one is written back as it.
            float half = Float.float16ToFloat(Float.floatToFloat16((float) random.nextGaussian()));
            raw.putShort(Float.floatToFloat16(half));
            yield number(half);
          }
          case "BF16" -> {
            int upper = Float.floatToIntBits((float) random.nextGaussian()) >>> 16;
            raw.putShort((short) upper);
            yield number(Float.intBitsToFloat(upper << 16));
          }
          case "FP32" -> number(raw.putFloat((float) random.nextGaussian()).getFloat(0));
          case "FP64" ->
              Json.MAPPER
                  .readTree(Double.toString(raw.putDouble(random.nextGaussian()).getDouble(0)))
                  .asString();
          default -> "";
        };
    if (datatype.equals("BYTES")) {
      String word = "ü" + Long.toString(bits, 36);
      byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(int4(utf8.length));
      out.writeBytes(utf8);
      return word;
    }
    out.write(raw.array(), 0, raw.position());
    return text;
  }

  private static byte[] int4(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static String number(float value) {
    return Json.MAPPER.readTree(Float.toString(value)).asString();
  }
}
