package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stream.contract.LabelRecord;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.system.Installation;
import io.assay.web.system.ProgramClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain JSON to a real broker. */
class EventsEndpointTest {
  private static final String LINES = "application/x-ndjson";
  private static final String SPEED = IngestRun.path("speed");

  @TempDir private static Path folder;
  private static IngestRun run;
  private static ProgramClient program;

  /** What earlier tests have sent. */
  private int before;

  @BeforeAll
  static void start() {
    run =
        IngestRun.start(
            folder,
            Map.of(
                "assay.ingest.max-event", "2KB",
                "assay.ingest.max-events", "500",
                "assay.ingest.max-request", "64KB"));
    program = run.program();
  }

  @AfterAll
  static void stop() {
    run.close();
  }

  @BeforeEach
  void count() {
    before = run.records("speed").size();
  }

  private List<ConsumerRecord<byte[], byte[]>> fresh() {
    List<ConsumerRecord<byte[], byte[]>> all = run.records("speed");
    return all.subList(before, all.size());
  }

  /** Of one partition, as all have one key. */
  private List<ConsumerRecord<byte[], byte[]>> fresh(String key) {
    return run.records("speed").stream().filter(r -> IngestRun.text(r.key()).equals(key)).toList();
  }

  @Test
  void oneEventAnArrayAndLinesArriveAsTheyStandUnderTheirKey() {
    assertAccepted(program.post(SPEED, "application/json", " {\"vehicle\":\"o\", \"at\":1}"), 1);
    String array = "[ {\"vehicle\":\"o\",\"at\":2 } ,\n{\"at\":3,\"vehicle\":\"o\",\"x\":[{}]}]";
    assertAccepted(program.post(SPEED, "application/json; charset=utf-8", array), 2);
    String lines = "{\"vehicle\":\"o\",\"at\":4,\"n\":\"ü\"}\r\n\n{\"vehicle\":\"o\",\"at\":5}";
    assertAccepted(program.post(SPEED, LINES, lines), 2);
    // Acknowledged: another reader has them at once.
    assertThat(fresh("o").stream().map(record -> IngestRun.text(record.value())))
        .containsExactly(
            " {\"vehicle\":\"o\", \"at\":1}",
            "{\"vehicle\":\"o\",\"at\":2 }",
            "{\"at\":3,\"vehicle\":\"o\",\"x\":[{}]}",
            "{\"vehicle\":\"o\",\"at\":4,\"n\":\"ü\"}",
            "{\"vehicle\":\"o\",\"at\":5}");
    assertThat(fresh("o").stream().map(ConsumerRecord::partition).distinct()).hasSize(1);
  }

  @Test
  void labelsArriveUnderTheirPredictionAllOrNone() {
    String path = "/api/v1/projects/default/labels";
    var ofSpeed = run.program(new TokenWish("labels", Set.of(Scope.LABELS), Set.of("speed"), null));
    assertThat(program.post(path, LINES, "{}").statusCode()).as("no scope").isEqualTo(403);
    String good = "{\"prediction\":\"e1\",\"stream\":\"speed\",\"verdict\":\"error\"}\n";
    var refused = ofSpeed.post(path, LINES, good + "{\"prediction\":\"e2\"}\n" + good);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("1 of 3 labels cannot be read; nothing was kept", "\"position\":2");
    assertThat(ofSpeed.post(path, LINES, good.replace("speed", "loans")).body())
        .contains("this token may not send to stream 'loans'");
    var taken = ofSpeed.post(path, LINES, good);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    assertThat(taken.body()).isEqualTo("{\"accepted\":1}");
    assertThat(run.records("labels"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(IngestRun.text(record.key())).isEqualTo("default/e1");
              assertThat(LabelRecord.read(record.value()).by()).isEqualTo("labels");
              assertThat(IngestRun.headers(record)).containsEntry("project", "default");
            });
  }

  @Test
  void headersGoAlong() {
    var headers =
        Map.of(
            "Content-Type", "application/json",
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "Idempotency-Key", "batch 7");
    program.post(SPEED, headers, "[{\"vehicle\":\"h\",\"at\":1}]".getBytes(UTF_8));
    assertThat(IngestRun.headers(fresh("h").getFirst()))
        .isEqualTo(
            Map.of(
                "content-type", "application/json",
                "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "idempotency-key", "batch 7/1"));
  }

  @Test
  void aRequestWithABadLineIsRefusedWholeAndSaysWhich() {
    var answer =
        program.post(
            SPEED,
            LINES,
            "{\"vehicle\":\"b\",\"at\":1}\n\n{\"vehicle\":\"b\"}\n{\"at\":1}\n{\"vehicle\":");
    assertProblem(answer, 400, "3 of 4 events cannot be read; nothing was kept");
    assertThat(answer.body())
        .contains(
            "{\"position\":3,\"reason\":\"no-time: needed a value in 'at', came nothing\"}",
            "{\"position\":4,\"reason\":\"no-key: needed a value in 'vehicle', came nothing\"}",
            "{\"position\":5,\"reason\":\"broken-json: ");
    assertThat(fresh()).isEmpty();
  }

  @Test
  void whatCannotBeReadGoesOnWithoutAKeyWhereThatIsAskedFor() {
    var answer =
        program.post(
            SPEED + "?unreadable=dead-letter", LINES, "{\"vehicle\":\"d\",\"at\":1}\nnot json\n");
    assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"unreadable\":1,\"sampledOut\":0}");
    assertThat(run.records("speed"))
        .anySatisfy(
            record -> {
              assertThat(record.key()).isNull();
              assertThat(IngestRun.text(record.value())).isEqualTo("not json");
            });
    assertProblem(
        program.post(SPEED + "?unreadable=skip", LINES, "{}"), 400, "refuse or dead-letter");
  }

  @Test
  void brokenBodiesSayWhere() {
    assertProblem(program.post(SPEED, "application/json", "[{},"), 400, "the body is not JSON");
    assertProblem(program.post(SPEED, "application/json", "[] 1"), 400, "the end after the array");
    assertProblem(program.post(SPEED, "application/json", ""), 400, "an empty body");
    assertProblem(
        program.post(SPEED, "application/json", "[1]"), 400, "1 of 1 events cannot be read");
    assertAccepted(program.post(SPEED, "application/json", "[]"), 0);
    assertThat(fresh()).isEmpty();
  }

  @Test
  void gzipIsUnpackedAndABombIsCutOff() throws IOException {
    var headers = Map.of("Content-Type", LINES, "Content-Encoding", "gzip");
    assertAccepted(
        program.post(SPEED, headers, gzip("{\"vehicle\":\"z\",\"at\":1}\n".getBytes(UTF_8))), 1);
    byte[] bomb = gzip(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(80_000);
    byte[] small = gzip(new byte[8 << 20]);
    assertThat(small.length).isLessThan(64 << 10);
    assertProblem(program.post(SPEED, headers, small), 413, "65536 bytes, unpacked");
    assertProblem(program.post(SPEED, headers, bomb), 413, "65536 bytes, unpacked");
    assertProblem(program.post(SPEED, headers, "{\"vehicle\"".getBytes(UTF_8)), 400, "not gzip");
    byte[] cut = gzip("{\"vehicle\":\"z\",\"at\":1}\n".getBytes(UTF_8));
    assertProblem(program.post(SPEED, headers, Arrays.copyOf(cut, cut.length - 9)), 400, "gzip");
    var brotli = program.post(SPEED, Map.of("Content-Encoding", "br", "Content-Type", LINES), cut);
    assertProblem(brotli, 415, "gzip or none");
    assertThat(brotli.headers().firstValue("Accept-Encoding")).hasValue("gzip, identity");
  }

  @Test
  void limitsAreSaid() {
    String large = "{\"vehicle\":\"l\",\"at\":1,\"x\":\"" + "x".repeat(2100) + "\"}";
    var answer = program.post(SPEED, LINES, "{\"vehicle\":\"l\",\"at\":1}\n" + large);
    assertProblem(answer, 413, "an event has at most 2048 bytes");
    assertThat(answer.body()).contains("\"position\":2");
    assertProblem(
        program.post(SPEED, LINES, "{\"vehicle\":\"l\",\"at\":1}\n".repeat(501)),
        413,
        "at most 500 events");
    assertProblem(program.post(SPEED, LINES, " ".repeat(70_000)), 413, "at most 65536 bytes");
    assertThat(fresh()).isEmpty();
  }

  @Test
  void unknownStreamsAndFormsAreToldWhatIsThere() {
    assertProblem(
        program.post(IngestRun.path("sped"), LINES, "{}"),
        404,
        "unknown stream 'sped'; did you mean 'speed'?");
    assertProblem(
        program.post(IngestRun.path("camera"), LINES, "{}"), 404, "declare the streams speed");
    var form = program.post(SPEED, "application/x-www-form-urlencoded", "{}");
    assertProblem(form, 415, "got application/x-www-form-urlencoded");
    assertThat(form.headers().firstValue("Accept-Post").orElse("")).contains("x-ndjson");
    assertProblem(program.post(SPEED, "text/plain", "{}"), 415, "Content-Type");
    assertProblem(program.post(SPEED, "application/json; charset=utf-16", "{}"), 415, "UTF-8");
    assertProblem(program.post(SPEED, Map.of(), "{}".getBytes(UTF_8)), 415, "got none");
  }

  @Test
  void tokensSayWhoMaySendWhereTo() {
    String event = "{\"vehicle\":\"t\",\"at\":1}";
    ProgramClient loansOnly =
        run.program(new TokenWish("loans", Set.of(Scope.INGEST), Set.of("loans"), null));
    assertProblem(loansOnly.post(SPEED, LINES, event), 403, "may not send to stream 'speed'");
    assertAccepted(
        loansOnly.post(
            IngestRun.path("loans"), LINES, "{\"id\":\"1\",\"applicant\":\"a\",\"at\":1}"),
        1);
    ProgramClient reader = run.program(new TokenWish("reader", Set.of(Scope.READ), Set.of(), null));
    assertProblem(reader.post(SPEED, LINES, event), 403, "lacks the scope");
    var nobody = new ProgramClient(run.web.address(), "");
    var unknown = nobody.post(SPEED, LINES, event);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(program.post("/api/v1/projects/other/events/speed", LINES, event).statusCode())
        .isEqualTo(404);
    assertThat(fresh()).isEmpty();
    assertThat(reader.get("/api/v1/projects/default/ingest").body())
        .contains("{\"name\":\"loans\",\"accepted\":1,");
  }

  @Test
  void aSessionNeedsTheRoleAndTheTokenOfItsForms() {
    var here = Installation.shared();
    var author = here.member(Role.AUTHOR);
    assertThat(author.send("POST", IngestRun.path("nowhere"), "{}").statusCode()).isEqualTo(404);
    assertThat(here.member(Role.REVIEWER).send("POST", SPEED, "{}").statusCode()).isEqualTo(403);
    author.forgetToken();
    assertThat(author.send("POST", IngestRun.path("nowhere"), "{}").statusCode()).isEqualTo(403);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private static void assertAccepted(HttpResponse<String> answer, int events) {
    assertThat(answer.body()).contains("\"accepted\":" + events + ",");
    assertThat(answer.statusCode()).isEqualTo(202);
  }

  static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(detail, "\"status\":" + status);
  }
}
