package io.assay.stream.pairing;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.HeaderNames;
import io.assay.stream.serving.ServingReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever stands in a record, the next one is read. */
class UnreadableRecordsTest {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final String EVENTS = "serving cloudevents from topic \"raw\"";
  private static final String KSERVE = "serving kserve from topic \"raw\" within 10s";
  private static final String OUTPUT =
      "{'outputs':[{'name':'class','shape':[1],'datatype':'INT64','data':[2]}]}";

  @TempDir Path folder;

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  private static RecordHeaders type(String contentType) {
    var headers = new RecordHeaders();
    headers.add("Content-Type", contentType.getBytes(UTF_8));
    return headers;
  }

  private static void pair(PairingRun run, String inputs, String more) {
    run.send(
        PairingRun.IN,
        "1",
        0,
        new RecordHeaders(),
        json("{'inputs':[%s]%s}".formatted(inputs, more)));
    run.send(PairingRun.OUT, "1", 0, new RecordHeaders(), json(OUTPUT));
  }

  private static void assertGoesOn(PairingRun run) {
    run.request("next", 0);
    run.response("next", 0);
    assertThat(run.events()).contains("pnext next");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id':{'a':1} | 'id' needs a text, a number or true or false; id is needed, none came",
        "'id':[1] | 'id' needs a text, a number or true or false; id is needed, none came",
        "'id':'1','tenant':{'a':1} | 'tenant' needs a text, a number or true or false",
        "'id':'1','data_base64':{'a':1} | 'data_base64' needs a text",
        "'id':'1','data_base64':[] | 'data_base64' needs a text",
      })
  void anEnvelopeOfOtherValuesIsPutAsideAsItCame(String members, String detail) {
    byte[] event = json("{'specversion':'1.0','source':'s','type':'t',%s}".formatted(members));
    try (var run = new PairingRun(EVENTS, folder)) {
      run.send("raw", "k", 0, type(STRUCTURED), event);
      List<TestRecord<byte[], byte[]>> letters = run.deadLetters();
      assertThat(letters).hasSize(1);
      assertThat(letters.getFirst().value()).isEqualTo(event);
      assertThat(HeaderNames.text(letters.getFirst().headers(), HeaderNames.CAUSE))
          .isEqualTo("broken-cloudevent");
      assertThat(HeaderNames.text(letters.getFirst().headers(), HeaderNames.DETAIL))
          .isEqualTo("no CloudEvent: " + detail);
    }
  }

  @Test
  void ofABatchTheGoodOnesGoOnAndItIsPutAsideOnce() {
    byte[] batch =
        json(
            """
            [{'specversion':'1.0','id':'a','source':'s','type':'t','data':{}},
             {'specversion':'1.0','id':['b'],'source':'s','type':'t'},
             7,
             {'specversion':'1.0','id':'c','source':'s','type':'t','data_base64':'eyI='},
             {'specversion':'1.0','id':'d','source':'s','type':'t','data':[1]}]
            """);
    try (var run = new PairingRun(EVENTS, folder)) {
      run.send("raw", "k", 0, type(BATCH), batch);
      assertThat(run.events()).containsExactly(" a", " d");
      List<TestRecord<byte[], byte[]>> letters = run.deadLetters();
      assertThat(letters).hasSize(1);
      assertThat(letters.getFirst().value()).isEqualTo(batch);
      assertThat(HeaderNames.text(letters.getFirst().headers(), HeaderNames.DETAIL))
          .startsWith("3 of 5 CloudEvents of a batch; the first: no CloudEvent: 'id' needs a text");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,2,ONES] | [0,1] | tensor 'x' has 1202 dimensions, there may be 16",
        "[5000000,0] | [] | tensor 'x' of shape [5000000, 0] has no values in 5000000 lists, there"
            + " may be 10000",
        "[2147483647,0] | [] | tensor 'x' of shape [2147483647, 0] has no values in 2147483647"
            + " lists, there may be 10000",
        "[1,101,101,0,3] | [] | tensor 'x' of shape [1, 101, 101, 0, 3] has no values in 10201"
            + " lists, there may be 10000",
      })
  void aShapeThatNoModelHasIsPutAside(String shape, String data, String detail) {
    String ones = String.join(",", Collections.nCopies(1200, "1"));
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      pair(
          run,
          "{'name':'x','shape':%s,'datatype':'INT8','data':%s}"
              .formatted(shape.replace("ONES", ones), data),
          "");
      assertThat(run.causes()).containsExactly("inputs broken-payload: " + detail);
      assertGoesOn(run);
    }
  }

  @Test
  void nothingFoundIsAnEvent() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      pair(run, "{'name':'boxes','shape':[1,0,4],'datatype':'FP32','data':[]}", "");
      assertThat(run.records(PairingRun.EVENTS))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(new String(event.value(), UTF_8))
                      .contains("\"inputs\":{\"boxes\":[]}"));
    }
  }

  @Test
  void whatAllRowsShareMayNotMakeGigabytesOfThem() {
    String rows = String.join(",", Collections.nCopies(10_000, "1"));
    String tensor = "{'name':'x','shape':[10000],'datatype':'INT8','data':[%s]}".formatted(rows);
    String parameters = ",'parameters':{'note':'%s'}".formatted("n".repeat(10_000));
    byte[] answer = json("{'outputs':[%s]}".formatted(tensor.replace("'x'", "'y'")));
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.send(
          PairingRun.IN,
          "1",
          0,
          new RecordHeaders(),
          json("{'inputs':[%s]%s}".formatted(tensor, parameters)));
      run.send(PairingRun.OUT, "1", 0, new RecordHeaders(), answer);
      String detail =
          " too-large: the events of a request may have 33554432 bytes together, those of its 10000"
              + " rows would have more; 'per request' makes one event of them";
      assertThat(run.causes()).containsExactly("inputs" + detail, "outputs" + detail);
      assertThat(run.events()).isEmpty();
      assertGoesOn(run);
    }
  }

  @Test
  void manyEmptyListsAreTooLarge() {
    String tensors =
        String.join(
            ",",
            Collections.nCopies(
                150, "{'name':'x','shape':[1,9999,0],'datatype':'INT8','data':[]}"));
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      pair(run, tensors, "");
      assertThat(run.causes())
          .first()
          .asString()
          .isEqualTo("inputs too-large: an event may have 1040384 bytes, this one would have more");
      pair(run, "{'name':'x','shape':[1],'datatype':'INT8','data':[1]}", "");
      assertGoesOn(run);
    }
  }

  @Test
  void aKeyCountsAsItsRecordsBytes() {
    String plant = "p".repeat(600_000);
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      pair(
          run,
          "{'name':'plant','shape':[1],'datatype':'BYTES','data':['%s']}".formatted(plant),
          "");
      assertThat(run.causes())
          .first()
          .asString()
          .startsWith("inputs too-large: an event may have 1040384 bytes with its key, this one");
      assertGoesOn(run);
    }
  }

  @Test
  void whatIsNoUtf8IsPutAside() {
    try (var run = new PairingRun(PairingRun.PAIRS, folder)) {
      run.send(PairingRun.IN, "1", 0, new RecordHeaders(), "{\"inputs\":[]}".getBytes(UTF_16LE));
      assertThat(run.causes())
          .containsExactly("inputs broken-payload: needed JSON in UTF-8, came another encoding");
      assertGoesOn(run);
    }
  }

  /** {@code kind}: request or response. */
  private static String half(String id, String kind, String data) {
    return "{'specversion':'1.0','id':'%s','source':'s','type':'inference.%s','data':%s}"
        .formatted(id, kind, data);
  }

  @Test
  void halvesOfABatchGoOnEachForItself() {
    String input = "{'inputs':[{'name':'plant','shape':[1],'datatype':'BYTES','data':['p%s']}]}";
    String batch =
        "["
            + half("1", "request", input.formatted("1"))
            + ", "
            + half("2", "request", input.formatted("2"))
            + ","
            + half("1", "response", OUTPUT)
            + "]";
    try (var run = new PairingRun(KSERVE, folder)) {
      run.send("raw", "k", 0, type(BATCH), json(batch));
      assertThat(run.events()).containsExactly("p1 1");
      run.pass(Duration.ofSeconds(12));
      List<TestRecord<byte[], byte[]>> letters = run.deadLetters();
      assertThat(letters).hasSize(1);
      TestRecord<byte[], byte[]> letter = letters.getFirst();
      assertThat(letter.value()).isEqualTo(json(half("2", "request", input.formatted("2"))));
      assertThat(HeaderNames.text(letter.headers(), "original.content-type")).isEqualTo(STRUCTURED);
      assertThat(letter.headers().lastHeader("original.Content-Type")).isNull();
      run.send("raw", "k", 30_000, type(STRUCTURED), json(half("3", "response", OUTPUT)));
      run.send(
          "raw", "k", 30_000, type(STRUCTURED), json(half("3", "request", input.formatted("3"))));
      assertThat(run.events()).containsExactly("p3 3");
    }
  }

  @Test
  void aBatchOfTooManyOrOfTooMuchIsPutAsideWhole() {
    String one = half("1", "request", "{'inputs':[]}");
    try (var run = new PairingRun(KSERVE, folder)) {
      run.send("raw", "k", 0, type(BATCH), json("[" + "7,".repeat(10_000) + "7]"));
      assertThat(run.causes())
          .containsExactly("raw too-large: a batch has at most 10000 CloudEvents");
      var headers = type(BATCH);
      headers.add("large", new byte[60_000]);
      String readable = one.replace("{'inputs':[]}", OUTPUT);
      run.send(
          "raw",
          "k",
          0,
          headers,
          json("[" + String.join(",", Collections.nCopies(600, readable)) + "]"));
      assertThat(run.causes())
          .containsExactly(
              "raw too-large: what a batch has in it may have 33554432 bytes with its headers, this"
                  + " would have more");
      assertThat(run.held()).isZero();
    }
  }

  @Test
  void whatNobodyThoughtOfIsPutAsideWhereItIsPaired() {
    var reader = new ServingReader(PairingRun.stream(PairingRun.PAIRS).serving().orElseThrow());
    var readings = new AtomicInteger();
    try (var run =
        new PairingRun(
            PairingRun.PAIRS,
            folder,
            record -> {
              // Each half is read where it comes, and both again where they meet.
              if (readings.incrementAndGet() == 3) {
                throw new IllegalStateException("what nobody thought of");
              }
              return reader.read(record);
            })) {
      run.request("1", 0);
      run.response("1", 0);
      assertThat(run.causes())
          .containsExactly(
              "inputs serving-failed: java.lang.IllegalStateException: what nobody thought of",
              "outputs serving-failed: java.lang.IllegalStateException: what nobody thought of");
      assertGoesOn(run);
    }
  }

  @Test
  void whatNobodyThoughtOfIsPutAsideWhereItIsRead() {
    try (var run =
        new PairingRun(
            PairingRun.PAIRS,
            folder,
            record -> {
              throw new IllegalStateException("what nobody thought of");
            })) {
      run.request("1", 0);
      run.request("2", 0);
      assertThat(run.causes())
          .containsExactly(
              "inputs serving-failed: java.lang.IllegalStateException: what nobody thought of",
              "inputs serving-failed: java.lang.IllegalStateException: what nobody thought of");
      assertThat(run.figures.deadLetters()).isEqualTo(2);
    }
  }
}
