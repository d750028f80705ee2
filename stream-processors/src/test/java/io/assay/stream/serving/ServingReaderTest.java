package io.assay.stream.serving;

import static io.assay.stream.serving.Served.events;
import static io.assay.stream.serving.Served.file;
import static io.assay.stream.serving.Served.half;
import static io.assay.stream.serving.Served.kserve;
import static io.assay.stream.serving.Served.reader;
import static io.assay.stream.serving.Served.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.Serving.Format;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes as each serving stack writes them, and the events that come of them. */
class ServingReaderTest {
  private static final String V2_REQUEST =
      """
      {"id":"body","parameters":{"content_type":"pd"},"inputs":[
        {"name":"age","shape":[2,1],"datatype":"INT64","data":[41,9]},
        {"name":"purpose","shape":[2],"datatype":"BYTES","data":["car","toys"],"parameters":{"content_type":"str"}}],
       "outputs":[{"name":"risk"}]}
      """;
  private static final String V2_RESPONSE =
      """
      {"model_name":"credit-risk","model_version":"3","id":"body",
       "outputs":[{"name":"risk","shape":[2,2],"datatype":"FP32","data":[[0.88,0.12],[0.97,0.03]]}]}
      """;

  @Test
  void kserveJoinsByTheIdOfItsCloudEvents() {
    var reader = reader(Format.KSERVE, "credit-risk");
    List<Reading> request = reader.read(kserve("request", "7c1", V2_REQUEST));
    List<Reading> response = reader.read(kserve("response", "7c1", V2_RESPONSE));
    assertThat(half(request).side()).isEqualTo(Side.REQUEST);
    assertThat(half(request).pair()).isEqualTo("7c1 predictor").isEqualTo(half(response).pair());
    assertThat(half(request).at()).isEqualTo(Instant.parse("2026-03-01T07:59:58.123456789Z"));
    assertThat(events(request, response, true))
        .containsExactly(
            "{\"id\":\"7c1/0\",\"at\":\"2026-03-01T07:59:58.123456789Z\",\"model\":\"credit-risk\","
                + "\"service\":\"credit-risk\",\"namespace\":\"scoring\",\"component\":\"predictor\","
                + "\"endpoint\":\"default\",\"version\":\"3\",\"row\":0,"
                + "\"inputs\":{\"age\":41,\"purpose\":\"car\"},\"outputs\":{\"risk\":[0.88,0.12]},"
                + "\"metadata\":{\"X-Applicant\":[\"p1\"]},\"parameters\":{\"content_type\":\"pd\"}}",
            "{\"id\":\"7c1/1\",\"at\":\"2026-03-01T07:59:58.123456789Z\",\"model\":\"credit-risk\","
                + "\"service\":\"credit-risk\",\"namespace\":\"scoring\",\"component\":\"predictor\","
                + "\"endpoint\":\"default\",\"version\":\"3\",\"row\":1,"
                + "\"inputs\":{\"age\":9,\"purpose\":\"toys\"},\"outputs\":{\"risk\":[0.97,0.03]},"
                + "\"metadata\":{\"X-Applicant\":[\"p1\"]},\"parameters\":{\"content_type\":\"pd\"}}");
  }

  @Test
  void ofAnotherServiceNothingIsTaken() {
    assertThat(reader(Format.KSERVE, "fraud").read(kserve("request", "1", V2_REQUEST)))
        .containsExactly(new Reading.NotOurs());
    assertThat(reader(Format.KSERVE, null).read(kserve("request", "1", V2_REQUEST)))
        .first()
        .isInstanceOf(Reading.Half.class);
  }

  @Test
  void kserveMayAnswerInTheFirstProtocol() {
    var reader = reader(Format.KSERVE, null);
    String request = "{\"instances\":[[6.8,2.8],[6.0,3.4]]}";
    String response = "{\"predictions\":[1,{\"a\":2}]}";
    assertThat(
            events(
                reader.read(kserve("request", "1", request)),
                reader.read(kserve("response", "1", response)),
                true))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains(
                        "\"inputs\":{\"instances\":[6.8,2.8]},\"outputs\":{\"predictions\":1}"),
            second ->
                assertThat(second)
                    .contains("\"inputs\":{\"instances\":[6.0,3.4]},\"outputs\":{\"a\":2}"));
    assertThat(
            events(
                reader.read(kserve("request", "1", request)),
                reader.read(kserve("response", "1", response)),
                false))
        .singleElement()
        .asString()
        .contains("\"inputs\":{\"instances\":[[6.8,2.8],[6.0,3.4]]}")
        .contains("\"outputs\":{\"predictions\":[1,{\"a\":2}]}");
  }

  @Test
  void aLoggerMaySendStructuredCloudEvents() {
    @SuppressWarnings("InlineFormatString") // said twice as it is read
    String event =
        """
        {"specversion":"1.0","id":"7c1","source":"s","type":"org.kubeflow.serving.inference.request",
         "time":"2026-03-01T08:00:00+01:00","inferenceservicename":"credit-risk","data":%s}
        """;
    ServedRecord structured =
        record(
            Map.of("content-type", "application/cloudevents+json; charset=UTF-8"),
            null,
            event.formatted(V2_REQUEST),
            null);
    Inference read = half(reader(Format.KSERVE, null).read(structured));
    assertThat(read.id()).isEqualTo("7c1");
    assertThat(read.at()).isEqualTo(Instant.parse("2026-03-01T07:00:00Z"));
    assertThat(read.tensors()).extracting(Tensor::name).containsExactly("age", "purpose");
  }

  @Test
  void seldonsFirstGenerationHasHeadersOfItsOwnAndAMatrixWithNames() {
    Map<String, String> headers = new HashMap<>();
    headers.put("type", "io.seldon.serving.inference.request");
    headers.put("content-type", "application/json");
    headers.put("modelid", "classifier");
    headers.put("requestid", "c8f2");
    headers.put("inferenceservicename", "income");
    headers.put("namespace", "seldon");
    headers.put("endpoint", "default");
    headers.put("protocol", "seldon");
    var reader = reader(Format.SELDON1, "income");
    List<Reading> request =
        reader.read(
            record(
                headers,
                null,
                "{\"data\":{\"names\":[\"age\",\"job\"],\"ndarray\":[[53,4],[28,2]]},\"meta\":{\"tags\":{\"tier\":\"gold\"}}}",
                null));
    headers.put("type", "io.seldon.serving.inference.response");
    List<Reading> response =
        reader.read(
            record(
                headers,
                null,
                "{\"data\":{\"names\":[\"t:0\",\"t:1\"],\"tensor\":{\"shape\":[2,2],\"values\":[0.86,0.14,0.3,0.7]}},\"meta\":{}}",
                null));
    assertThat(events(request, response, true))
        .first()
        .asString()
        .isEqualTo(
            "{\"id\":\"c8f2/0\",\"at\":\"2026-03-01T08:00:00Z\",\"model\":\"classifier\",\"service\":\"income\","
                + "\"namespace\":\"seldon\",\"endpoint\":\"default\",\"row\":0,"
                + "\"inputs\":{\"age\":53,\"job\":4},\"outputs\":{\"t:0\":0.86,\"t:1\":0.14},"
                + "\"parameters\":{\"tier\":\"gold\"}}");
    headers.put("type", "io.seldon.serving.feedback");
    assertThat(reader.read(record(headers, null, "{}", null)))
        .containsExactly(new Reading.NotOurs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'data':{'ndarray':[[1,2],[3]]}} | {'ndarray':[[1,2],[3]]}",
        "{'data':{'tensor':{'shape':[1,2],'values':[1,2]}}} | {'tensor':[[1,2]]}",
        "{'strData':'hello'} | {'strData':'hello'}",
        "{'jsonData':{'a':[1]}} | {'jsonData':{'a':[1]}}",
        "{'data':{'names':['a'],'ndarray':[['x']]}} | {'a':['x']}",
      })
  void seldonsFirstGenerationHasMoreFormsOfData(String body, String inputs) {
    Map<String, String> headers =
        Map.of("type", "io.seldon.serving.inference.request", "requestid", "1");
    List<Reading> read =
        reader(Format.SELDON1, null).read(record(headers, null, body.replace('\'', '"'), null));
    assertThat(events(read, read, false))
        .first()
        .asString()
        .contains("\"inputs\":" + inputs.replace('\'', '"'));
  }

  @Test
  void seldonsSecondGenerationIsProtobufJoinedByTheRecordsKey() {
    var reader = reader(Format.SELDON2, null);
    Map<String, String> headers = Map.of("pipeline", "iris", "x-pipeline-version", "4");
    List<Reading> request =
        reader.read(
            new ServedRecord(headers, "cnq1", file("typed-request.pb"), Served.AT, Side.REQUEST));
    List<Reading> response =
        reader.read(
            new ServedRecord(headers, "cnq1", file("raw-response.pb"), Served.AT, Side.RESPONSE));
    assertThat(events(request, response, true))
        .containsExactly(
            "{\"id\":\"cnq1/0\",\"at\":\"2026-03-01T08:00:00Z\",\"model\":\"iris_1\",\"version\":\"1\",\"row\":0,"
                + "\"inputs\":{\"flag\":true,\"small\":-128,\"long\":-9223372036854775808,\"count\":0,\"huge\":1,"
                + "\"petal\":[1.4,0.2],\"exact\":0.1,\"name\":\"setosa\"},"
                + "\"outputs\":{\"probability\":[0.25,0.5,0.25],\"class\":1},"
                + "\"parameters\":{\"big\":18446744073709551615,\"binary_data\":true,\"priority\":-7,\"share\":0.25,"
                + "\"tenant\":\"Zürich\",\"content_type\":\"np\"}}",
            "{\"id\":\"cnq1/1\",\"at\":\"2026-03-01T08:00:00Z\",\"model\":\"iris_1\",\"version\":\"1\",\"row\":1,"
                + "\"inputs\":{\"flag\":false,\"small\":127,\"long\":9223372036854775807,\"count\":4294967295,"
                + "\"huge\":18446744073709551615,\"petal\":[5.1,-1.8],\"exact\":1.0E300,\"name\":\"/9g=\"},"
                + "\"outputs\":{\"probability\":[0.0,0.0,1.0],\"class\":2},"
                + "\"parameters\":{\"big\":18446744073709551615,\"binary_data\":true,\"priority\":-7,\"share\":0.25,"
                + "\"tenant\":\"Zürich\",\"content_type\":\"np\"}}");
  }

  @Test
  void rawContentsAreReadOfEveryDatatype() {
    List<Reading> request =
        reader(Format.SELDON2, null)
            .read(new ServedRecord(Map.of(), "k", file("raw-request.pb"), Served.AT, Side.REQUEST));
    assertThat(events(request, request, true))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains(
                        "\"inputs\":{\"flag\":true,\"i8\":-128,\"u8\":0,\"i16\":-32768,\"u16\":1,"
                            + "\"i32\":-2147483648,\"u32\":1,\"i64\":-1,\"u64\":1,\"f16\":1.0,\"b16\":1.0,"
                            + "\"f32\":1.0,\"f64\":1.5,\"text\":\"setosa\"}"),
            second ->
                assertThat(second)
                    .contains(
                        "\"inputs\":{\"flag\":false,\"i8\":127,\"u8\":255,\"i16\":32767,\"u16\":65535,"
                            + "\"i32\":1,\"u32\":4294967295,\"i64\":2,\"u64\":18446744073709551615,"
                            + "\"f16\":-2.0,\"b16\":-2.0,\"f32\":\"NaN\",\"f64\":-0.1,\"text\":\"üx\"}"));
  }

  @ParameterizedTest
  @CsvSource({"00 0000002a 00", "00 0000002a 0200", "00 0000002a 040202"})
  void theFramingOfASchemaRegistryIsPassedOver(String hex) {
    byte[] framing = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] message = file("raw-response.pb");
    byte[] framed = Arrays.copyOf(framing, framing.length + message.length);
    System.arraycopy(message, 0, framed, framing.length, message.length);
    Inference read =
        half(
            reader(Format.SELDON2, null)
                .read(new ServedRecord(Map.of(), "k", framed, Served.AT, Side.RESPONSE)));
    assertThat(read.tensors()).extracting(Tensor::name).containsExactly("probability", "class");
  }

  @Test
  void mlserverNamesModelAndVersionInHeaders() {
    var reader = reader(Format.MLSERVER, "credit-risk");
    Map<String, String> headers =
        Map.of(
            "mlserver-model", "credit-risk",
            "mlserver-version", "v0.1.0",
            "Ce-Specversion", "0.3",
            "Ce-Id", "7c1",
            "Ce-Source", "io.seldon.serving.deployment.mlserver",
            "Ce-Type", "io.seldon.serving.inference.request",
            "Ce-Requestid", "7c1");
    List<Reading> request = reader.read(record(headers, "key", V2_REQUEST, Side.REQUEST));
    List<Reading> response = reader.read(record(Map.of(), "key", V2_RESPONSE, Side.RESPONSE));
    assertThat(events(request, response, true))
        .first()
        .asString()
        .startsWith(
            "{\"id\":\"key/0\",\"at\":\"2026-03-01T08:00:00Z\",\"model\":\"credit-risk\",\"version\":\"3\"");
  }

  @Test
  void withoutAKeyTheBodysIdJoins() {
    assertThat(half(reader(Format.V2, null).read(record(Map.of(), null, V2_REQUEST, null))))
        .extracting(Inference::id, Inference::side)
        .containsExactly("body", Side.REQUEST);
    assertThat(half(reader(Format.V2, null).read(record(Map.of(), "", V2_RESPONSE, null))))
        .extracting(Inference::id, Inference::side)
        .containsExactly("body", Side.RESPONSE);
  }

  @Test
  void binaryTensorsStandBehindTheJson() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        """
        {"id":"1","inputs":[
         {"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}},
         {"name":"n","shape":[1],"datatype":"INT64","data":[5]},
         {"name":"s","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":7}}]}\
        """
            .getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2).array());
    bytes.writeBytes(new byte[] {3, 0, 0, 0, 'c', 'a', 'r'});
    List<Reading> request =
        reader(Format.V2, null)
            .read(new ServedRecord(Map.of(), null, bytes.toByteArray(), Served.AT, null));
    assertThat(events(request, request, true))
        .first()
        .asString()
        .contains("\"inputs\":{\"x\":[1.5,-2.0],\"n\":5,\"s\":\"car\"}");
  }

  @Test
  void theFirstProtocolMayComeByColumns() {
    var reader = reader(Format.V1, null);
    List<Reading> request =
        reader.read(
            record(Map.of(), "1", "{\"inputs\":{\"age\":[41,9],\"x\":[[1,2],[3,4]]}}", null));
    List<Reading> response = reader.read(record(Map.of(), "1", "{\"outputs\":[0.1,0.9]}", null));
    assertThat(events(request, response, true))
        .last()
        .asString()
        .contains("\"inputs\":{\"age\":9,\"x\":[3,4]},\"outputs\":{\"outputs\":0.9}");
  }

  @Test
  void whereDimensionsDifferThereIsOneEventOfWholeTensors() {
    var reader = reader(Format.V2, null);
    List<Reading> image =
        reader.read(
            record(
                Map.of(),
                "1",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,2,2],\"datatype\":\"UINT8\",\"data\":[1,2,3,4]}]}",
                null));
    List<Reading> boxes =
        reader.read(
            record(
                Map.of(),
                "1",
                "{\"outputs\":[{\"name\":\"boxes\",\"shape\":[3,4],\"datatype\":\"FP32\",\"data\":[0,1,2,3,4,5,6,7,8,9,10,11]},{\"name\":\"none\",\"shape\":[0,4],\"datatype\":\"FP32\",\"data\":[]}]}",
                null));
    assertThat(events(image, boxes, true))
        .singleElement()
        .asString()
        .startsWith(
            "{\"id\":\"1\",\"at\":\"2026-03-01T08:00:00Z\",\"inputs\":{\"image\":[[[1,2],[3,4]]]}")
        .contains("\"outputs\":{\"boxes\":[[0,1,2,3],[4,5,6,7],[8,9,10,11]],\"none\":[]}");
  }

  @Test
  void cloudEventsAreEventsInTheFormOfTheirStructuredMode() {
    var reader = reader(Format.CLOUDEVENTS, null);
    Map<String, String> headers =
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", "e1",
            "ce_source", "/credit",
            "ce_type", "scored",
            "ce_tenant", "north",
            "content-type", "application/json");
    assertThat(whole(reader.read(record(headers, null, "{\"risk\":0.5}", null))))
        .containsExactly(
            "{\"datacontenttype\":\"application/json\",\"id\":\"e1\",\"source\":\"/credit\",\"tenant\":\"north\","
                + "\"type\":\"scored\",\"time\":\"2026-03-01T08:00:00Z\",\"data\":{\"risk\":0.5}}");
    String one =
        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"s\",\"type\":\"t\",\"time\":\"2026-03-01T07:00:00Z\",%s}";
    String batch =
        "["
            + one.formatted("a", "\"data\":{\"x\":1}")
            + ","
            + one.formatted("b", "\"datacontenttype\":\"text/plain\",\"data_base64\":\"aGk=\"")
            + ","
            + one.formatted("c", "\"subject\":\"nothing\"")
            + "]";
    assertThat(
            whole(
                reader.read(
                    record(
                        Map.of("Content-Type", "application/cloudevents-batch+json"),
                        null,
                        batch,
                        null))))
        .containsExactly(
            "{\"id\":\"a\",\"source\":\"s\",\"time\":\"2026-03-01T07:00:00Z\",\"type\":\"t\",\"data\":{\"x\":1}}",
            "{\"datacontenttype\":\"text/plain\",\"id\":\"b\",\"source\":\"s\",\"time\":\"2026-03-01T07:00:00Z\",\"type\":\"t\",\"data\":\"hi\"}",
            "{\"id\":\"c\",\"source\":\"s\",\"subject\":\"nothing\",\"time\":\"2026-03-01T07:00:00Z\",\"type\":\"t\"}");
  }

  @Test
  void aLineOfBentoMlIsAnEvent() {
    assertThat(
            whole(
                reader(Format.BENTOML, null)
                    .read(
                        record(
                            Map.of(),
                            null,
                            "{\"age\":4.9,\"pred\":0,\"timestamp\":\"2026-03-01T08:00:00.5\",\"request_id\":\"9\","
                                + "\"trace_id\":\"1\",\"bento_meta\":{\"bento_name\":\"iris\",\"bento_version\":\"dev\","
                                + "\"schema\":{\"age\":{\"role\":\"feature\"},\"pred\":{\"role\":\"prediction\"}}}}",
                            null))))
        .containsExactly(
            "{\"at\":\"2026-03-01T08:00:00.500Z\",\"request\":\"9\",\"trace\":\"1\",\"model\":\"iris\","
                + "\"version\":\"dev\",\"inputs\":{\"age\":4.9},\"outputs\":{\"pred\":0}}");
    assertThat(reader(Format.BENTOML, null).read(record(Map.of(), null, "{}", null)))
        .first()
        .extracting("cause")
        .isEqualTo("broken-payload");
  }

  private static List<String> whole(List<Reading> readings) {
    return readings.stream()
        .map(reading -> new String(((Reading.Whole) reading).json(), StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | needed a JSON object, came nothing",
        "[1] | needed a JSON object, came something else",
        "{'inputs':[{'name':'x','shape':[2],'datatype':'INT8','data':[1]}]} | tensor 'x' of shape"
            + " [2] needs 2 values, 1 came",
        "{'inputs':[{'name':'x','shape':[-1],'datatype':'INT8','data':[1]}]} | a tensor's shape"
            + " needs sizes from 0 on, got [-1]",
        "{'inputs':[{'name':'x','shape':[2147483647,2147483647,4],'datatype':'INT8','data':[1]}]} |"
            + " needs 2147483648 values",
        "{'inputs':[{'name':'x','datatype':'INT8','data':[1]}]} | tensor 'x' has no shape",
        "{'inputs':[{'name':'x','shape':[1],'datatype':'INT8'}]} | tensor 'x' has no data",
        "{'inputs':[{'name':'x','shape':[1],'datatype':'INT8','parameters':{'binary_data_size':9}}]}"
            + " | needs 9 bytes behind the JSON, 0 are left",
        "{'inputs':[{'name':'x','shape':[0],'datatype':'FP8','parameters':{'binary_data_size':0}}]}"
            + " | 'x' is of FP8, which is no datatype",
        "{'error':'no such model'} | came the error 'no such model'",
        "{'status':1} | came members [status]",
        "{'instances':[1]}} | needed the end after the JSON object, 1 bytes came",
        "{'inputs':[{'na | Unexpected end-of-input",
      })
  void whatIsBrokenSaysWhatWasNeeded(String body, String detail) {
    List<Reading> read =
        reader(Format.V2, null)
            .read(record(Map.of(), "k", body.replace('\'', '"').replace("``", ""), Side.REQUEST));
    assertThat(read)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one).isInstanceOf(Reading.Unreadable.class);
              assertThat(((Reading.Unreadable) one).cause()).isEqualTo("broken-payload");
              assertThat(((Reading.Unreadable) one).detail().replace('"', '\'')).contains(detail);
            });
  }

  @Test
  void aCutMessageAndOneWithoutAnIdAreUnreadable() {
    byte[] message = file("typed-request.pb");
    for (int length = 1; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThat(
              reader(Format.SELDON2, null)
                  .read(new ServedRecord(Map.of(), "k", cut, Served.AT, Side.REQUEST)))
          .singleElement()
          .isInstanceOfAny(Reading.Unreadable.class, Reading.Half.class);
    }
    assertThat(
            reader(Format.SELDON2, null)
                .read(
                    new ServedRecord(
                        Map.of(), null, file("raw-request.pb"), Served.AT, Side.REQUEST)))
        .first()
        .extracting("cause")
        .isEqualTo("no-id");
    assertThat(reader(Format.KSERVE, null).read(record(Map.of(), "k", "{}", null)))
        .first()
        .extracting("cause")
        .isEqualTo("broken-cloudevent");
  }
}
