package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of BentoML and SageMaker, as they write them. */
class ImportPredictionsCommandTest {
  private static final String CAPTURE =
      "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"text/csv\",\"mode\":\"INPUT\",\"data\":\"%s\",\"encoding\":\"%s\"},\"endpointOutput\":{\"observedContentType\":\"text/csv\",\"mode\":\"OUTPUT\",\"data\":\"%s\",\"encoding\":\"%s\"}},\"eventMetadata\":{\"eventId\":\"e1\",\"inferenceTime\":\"2026-03-01T06:40:00Z\"},\"eventVersion\":\"0\"}\n";

  @TempDir Path folder;

  private CommandLineRun run(String format, String text, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("in.jsonl"), text);
    String[] args = new String[3 + more.length];
    args[0] = "import";
    args[1] = format;
    args[2] = file.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return CommandLineRun.of(args);
  }

  @Test
  void bentosColumnsAreInputsAndOutputsByTheirRoles() throws IOException {
    CommandLineRun run =
        run(
            "bentoml",
            """
            {"sepal_len": 4.9, "pred": 0, "paid": true, "timestamp": "2022-11-02T12:44:59.402190", "request_id": "9539", "trace_id": "1179", "bento_meta": {"bento_name": "iris", "bento_version": "dev", "monitor_name": "m", "schema": {"sepal_len": {"role": "feature", "type": "numerical"}, "pred": {"role": "prediction", "type": "categorical"}, "paid": {"role": "target", "type": "categorical"}}}}

            {"sepal_len": 5.1, "timestamp": "2022-11-02T13:45:00+01:00", "request_id": "9540", "trace_id": "0"}
            """);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            {"at":"2022-11-02T12:44:59.402190Z","request":"9539","trace":"1179","model":"iris","version":"dev","monitor":"m","inputs":{"sepal_len":4.9},"outputs":{"pred":0},"targets":{"paid":true}}
            {"at":"2022-11-02T12:45:00Z","request":"9540","trace":"0","inputs":{"sepal_len":5.1},"outputs":{}}
            """);
  }

  @Test
  void aCapturesRowsAreEvents() throws IOException {
    CommandLineRun run =
        run(
            "sagemaker",
            CAPTURE.formatted("42,0.5,\\\"a, b\\\"\\n7,,x", "CSV", "0.1\\n0.9", "CSV"));
    assertThat(run.out())
        .isEqualTo(
            """
            {"id":"e1/0","at":"2026-03-01T06:40:00Z","row":0,"inputs":{"data":[42,0.5,"a, b"]},"outputs":{"data":0.1}}
            {"id":"e1/1","at":"2026-03-01T06:40:00Z","row":1,"inputs":{"data":[7,null,"x"]},"outputs":{"data":0.9}}
            """);
    assertThat(
            run(
                    "sagemaker",
                    CAPTURE.formatted("{\\\"age\\\":41}", "JSON", "[0.25]", "JSON"),
                    "--per-request")
                .out())
        .isEqualTo(
            """
            {"id":"e1","at":"2026-03-01T06:40:00Z","inputs":{"data":[{"age":41}]},"outputs":{"data":[0.25]}}
            """);
    String json =
        Base64.getEncoder()
            .encodeToString("{\"instances\":[[1,2]]}".getBytes(StandardCharsets.UTF_8));
    assertThat(
            run(
                    "sagemaker",
                    CAPTURE.formatted(
                        json, "BASE64", "{\\\"predictions\\\":[{\\\"score\\\":0.5}]}", "JSON"))
                .out())
        .isEqualTo(
            """
            {"id":"e1","at":"2026-03-01T06:40:00Z","row":0,"inputs":{"instances":[1,2]},"outputs":{"score":0.5}}
            """);
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(CAPTURE.formatted("1", "CSV", "2", "CSV").getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("capture.jsonl.gz"), bytes.toByteArray());
    assertThat(CommandLineRun.of("import", "sagemaker", file.toString()).out())
        .contains("\"inputs\":{\"data\":1},\"outputs\":{\"data\":2}");
  }

  @Test
  void aBrokenLineIsNamedAndNothingIsPrinted() throws IOException {
    CommandLineRun run =
        run(
            "sagemaker",
            CAPTURE.formatted("1", "CSV", "2", "CSV")
                + "{\"eventMetadata\":{}}\n{\n"
                + CAPTURE.formatted("1", "XML", "2", "CSV"));
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(":2: error: a capture needs eventMetadata.eventId and data of input and output")
        .contains(":3: error: ")
        .contains(":4: error: a capture is encoded as CSV, JSON or BASE64, not as 'XML'")
        .contains("nothing printed, bad lines: 3");
    assertThat(run("bentoml", "{\"timestamp\":\"yesterday\"}\n").err())
        .contains(":1: error: a line of BentoML needs a timestamp");
  }
}
