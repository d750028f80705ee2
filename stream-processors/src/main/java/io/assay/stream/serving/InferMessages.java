package io.assay.stream.serving;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code ModelInferRequest} and {@code ModelInferResponse} of the Open Inference Protocol, as
 * protobuf. They differ in one number only: raw contents are field 7 of a request, behind the
 * outputs that it asks for, and 6 of a response.
 *
 * <p>The wire format is read by the library; classes generated of two messages would have to be
 * generated in every build, and would box each number.
 */
final class InferMessages {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Of a schema registry's framing: then four bytes of the schema's id, then the indexes. */
  private static final byte MAGIC = 0;

  private final Side side;
  private final List<Contents> tensors = new ArrayList<>();
  private final List<ByteBuffer> raw = new ArrayList<>();
  private final Map<String, JsonNode> parameters = new TreeMap<>();
  private String model = "";
  private String version = "";
  private String id = "";

  private InferMessages(Side side) {
    this.side = side;
  }

  static Body read(byte[] bytes, Side side) {
    var message = new InferMessages(side);
    try {
      CodedInputStream in = CodedInputStream.newInstance(ByteBuffer.wrap(bytes));
      in.enableAliasing(true);
      if (bytes.length > 0 && bytes[0] == MAGIC) {
        skipFraming(in);
      }
      message.read(in);
    } catch (IOException broken) {
      throw new UnreadablePayload("no inference message in protobuf: " + broken.getMessage());
    }
    return message.body();
  }

  private static void skipFraming(CodedInputStream in) throws IOException {
    in.skipRawBytes(5);
    int indexes = in.readSInt32();
    for (int i = 0; i < indexes; i++) {
      in.readSInt32();
    }
  }

  private void read(CodedInputStream in) throws IOException {
    int rawField = side == Side.REQUEST ? 7 : 6;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      switch (field) {
        case 1 -> model = in.readStringRequireUtf8();
        case 2 -> version = in.readStringRequireUtf8();
        case 3 -> id = in.readStringRequireUtf8();
        case 4 -> readParameter(in);
        case 5 -> tensors.add(readTensor(in));
        default -> {
          if (field == rawField) {
            raw.add(in.readByteBuffer());
          } else {
            in.skipField(tag);
          }
        }
      }
    }
  }

  private static Contents readTensor(CodedInputStream in) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    var tensor = new Contents();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> tensor.name = in.readStringRequireUtf8();
        case 2 -> tensor.datatype = in.readStringRequireUtf8();
        case 3 -> tensor.readShape(in, tag);
        case 5 -> tensor.read(in);
        default -> in.skipField(tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(limit);
    return tensor;
  }

  /** An entry of the map: a name and a value of one of five kinds. */
  private void readParameter(CodedInputStream in) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    String name = "";
    JsonNode value = NODES.nullNode();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readStringRequireUtf8();
        case 2 -> value = readValue(in);
        default -> in.skipField(tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(limit);
    parameters.put(name, value);
  }

  private static JsonNode readValue(CodedInputStream in) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    JsonNode value = NODES.nullNode();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> value = NODES.booleanNode(in.readBool());
        case 2 -> value = NODES.numberNode(in.readInt64());
        case 3 -> value = NODES.stringNode(in.readStringRequireUtf8());
        case 4 -> value = NODES.numberNode(in.readDouble());
        case 5 ->
            value =
                NODES.numberNode(new java.math.BigInteger(Long.toUnsignedString(in.readUInt64())));
        default -> in.skipField(tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(limit);
    return value;
  }

  private Body body() {
    if (!raw.isEmpty() && raw.size() != tensors.size()) {
      throw new UnreadablePayload(
          "raw contents are needed for each of %d tensors, %d came"
              .formatted(tensors.size(), raw.size()));
    }
    List<Tensor> read = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Contents tensor = tensors.get(i);
      read.add(
          raw.isEmpty()
              ? tensor.typed()
              : RawTensors.read(tensor.name, tensor.datatype, tensor.shape, raw.get(i)));
    }
    return new Body(Optional.of(side), id, model, version, parameters, read);
  }
}
