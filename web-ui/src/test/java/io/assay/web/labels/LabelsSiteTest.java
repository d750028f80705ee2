package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.assay.assertion.Violation;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.labels.studio.StudioStub;
import io.assay.web.media.MediaLinks;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.ProgramClient;
import io.assay.web.system.RunningWeb;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Labels out and in, with a real broker, sink and database, and tools on this machine. */
class LabelsSiteTest {
  private static final String API = "/api/v1/projects/default";
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private static Path media;
  private static StudioStub studio;
  private static HttpServer receiver;
  private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();
  private static final AtomicInteger FAILURES = new AtomicInteger(1);
  private static RunningWeb web;
  private static Violation flagged;
  private static BrowsingClient author;
  private static ProgramClient program;
  private static String secret;

  @BeforeAll
  static void start() throws Exception {
    studio = new StudioStub();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          boolean fails = FAILURES.getAndDecrement() > 0;
          if (!fails) {
            RECEIVED.add(exchange.getRequestHeaders().getFirst("X-Signature-256") + " " + body);
          }
          exchange.sendResponseHeaders(fails ? 500 : 200, -1);
          exchange.close();
        });
    receiver.start();
    TestBroker broker = TestBroker.shared();
    var topics = new Topics(broker.name("labels"));
    broker.createTopics(topics.plans(2).stream().map(TopicPlan::newTopic).toList());
    web =
        RunningWeb.start(
            Map.ofEntries(
                Map.entry("assay.sink.bootstrap-servers", broker.bootstrapServers()),
                Map.entry("assay.sink.prefix", topics.prefix()),
                Map.entry("assay.media.folder", media.toString()),
                Map.entry(
                    "assay.labels.webhook.to",
                    "http://127.0.0.1:" + receiver.getAddress().getPort() + "/full"),
                Map.entry("assay.labels.webhook.secret", "a secret of enough letters"),
                Map.entry("assay.labels.webhook.first-pause", "10ms"),
                Map.entry("assay.labels.webhook.private-networks", "true"),
                // Labels that arrive are not taken for verdicts: exports would change under way.
                Map.entry("assay.labels.look-every", "PT12H"),
                Map.entry("assay.labels.studio.url", studio.url()),
                Map.entry("assay.labels.studio.token", StudioStub.TOKEN),
                Map.entry("assay.labels.studio.private-networks", "true")));
    JudgedStreet street = JudgedStreet.drive("default", 7, Instant.now().minusSeconds(90), 300);
    street.draw(media, 12);
    street.store(web.database().connect());
    flagged =
        street.violations().stream()
            .filter(one -> one.assertion().equals("flicker"))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    round();
    Members members = web.running().context().getBean(Members.class);
    Change change = members.add("default", "system", "an-author", Role.AUTHOR);
    author = new BrowsingClient(web.address());
    author.login("an-author", ((Change.NewPassword) change).password());
    Tokens tokens = web.running().context().getBean(Tokens.class);
    var wish = new TokenWish("tests", Set.of(Scope.LABELS, Scope.READ), Set.of(), null);
    secret = ((Tokens.Creation.Made) tokens.create("default", "system", wish)).secret();
    program = new ProgramClient(web.address(), secret);
  }

  /** A round that is full: of one item, of which a person has said that it is an error. */
  private static void round() throws Exception {
    try (var connection = web.database().connect();
        var round =
            connection.prepareStatement(
                "INSERT INTO label_round (project, number, opened, opened_by, seed, plan, closed,"
                    + " closed_by, closed_why) VALUES ('default', 1, now(), 'an-author', 1, '{}',"
                    + " now(), 'an-author', 'full')");
        var item =
            connection.prepareStatement(
                "INSERT INTO label_item (project, id, round, assertion, stream, key, label, day,"
                    + " violation, judgement_hash, at, severity, arm, reason, probability, around,"
                    + " rank, status, finding) VALUES ('default', ?, 1, 'flicker', 'camera', ?, ?,"
                    + " ?, ?, 'h', now(), 1, 'random', '', 1, 5, 1, 'AGREED', 'ERROR')");
        var verdict =
            connection.prepareStatement(
                "INSERT INTO label_verdict (project, item, reviewer, at, finding, correction,"
                    + " scope, edited) VALUES ('default', ?, 'rita', now(), 'ERROR', 'EDITED',"
                    + " 'all', ?::json)")) {
      item.setString(1, flagged.episode());
      item.setString(2, flagged.key());
      item.setString(3, flagged.label());
      item.setObject(
          4,
          LocalDate.ofInstant(Instant.ofEpochSecond(flagged.at() / 1_000_000_000), ZoneOffset.UTC));
      item.setString(5, flagged.id());
      verdict.setString(1, flagged.episode());
      verdict.setString(2, edited());
      round.executeUpdate();
      item.executeUpdate();
      verdict.executeUpdate();
    }
  }

  /** The first event with one box more. */
  private static String edited() {
    Violation.FrozenEvent event = flagged.events().getFirst();
    JsonNode fields = JSON.readTree(event.fields());
    JsonNode box = fields.at("/boxes/0").deepCopy();
    box.asObject().put("track", "t-new").putArray("area").add(1).add(2).add(30).add(40);
    fields.path("boxes").asArray().add(box);
    return JSON.createObjectNode().set(event.id(), fields).toString();
  }

  @AfterAll
  static void stop() {
    web.close();
    receiver.stop(0);
    studio.close();
  }

  @Test
  void labelsFindTheirViolationsAndTheOthersAreKept() throws Exception {
    String lines =
        "{\"prediction\":\"%s\",\"verdict\":\"error\",\"fields\":{\"a\":\"\\u0000\"}}\n"
                .formatted(flagged.decidingEvent())
            + "{\"prediction\":\"nobody's\",\"verdict\":\"no-error\"}\n";
    for (int twice = 0; twice < 2; twice++) {
      assertThat(program.post(API + "/labels", "application/x-ndjson", lines).statusCode())
          .isEqualTo(202);
    }
    await(() -> numbers("api").path("labels").asInt() == 2);
    assertThat(numbers("api").path("matched").asInt()).isEqualTo(1);
    assertThat(numbers("api").path("unmatched").asInt()).isEqualTo(1);
    JsonNode matched = get("/labels?prediction=" + flagged.decidingEvent()).at("/items/0");
    assertThat(matched.path("violations").valueStream().map(JsonNode::asString))
        .anyMatch(one -> one.endsWith("/" + flagged.id()));
    assertThat(matched.path("episodes").valueStream().map(JsonNode::asString))
        .contains(flagged.episode());
    assertThat(matched.path("fields").isNull()).as("a program sees no private fields").isTrue();
    assertThat(get("/labels?unmatched=true").at("/items/0/prediction").asString())
        .isEqualTo("nobody's");
  }

  @Test
  void aRoundGoesOutInEveryFormat() {
    for (ExportFormat format : ExportFormat.values()) {
      var answer = author.get(API + "/samples?round=1&format=" + format.word(), "*/*");
      assertThat(answer.statusCode()).as(format.word() + answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Assay-Samples")).hasValue("1");
    }
    JsonNode coco = JSON.readTree(author.get(API + "/samples?round=1&format=coco", "*/*").body());
    assertThat(coco.path("annotations").valueStream())
        .filteredOn(one -> one.at("/attributes/corrected").asBoolean())
        .singleElement()
        .satisfies(one -> assertThat(one.path("bbox").toString()).isEqualTo("[1.0,2.0,30.0,40.0]"));
    assertThat(coco.at("/images/0/attributes/reviewer").asString()).isEqualTo("rita");
    // What is private nobody knows here, as no rules are published.
    assertThat(program.get(API + "/samples?round=1&format=csv").body()).doesNotContain("boxes");
    assertThat(author.get(API + "/samples?format=docx", "*/*").body())
        .contains("label-studio, coco");
    assertThat(author.get(API + "/samples?outside=hide", "*/*").statusCode()).isEqualTo(400);
    assertThat(author.get(API + "/samples?round=99", "*/*").body())
        .contains("there is no round 99");
  }

  @Test
  void anExportIsWrittenBehindTheRequestAndFetchedWhenItIsDone() throws Exception {
    var started = author.send("POST", API + "/exports?round=1&format=json-lines", Map.of(), "");
    assertThat(started.statusCode()).isEqualTo(202);
    String export = API + "/exports/" + JSON.readTree(started.body()).path("id").asString();
    await(() -> !status(export).equals("running"));
    JsonNode done = JSON.readTree(author.get(export, "application/json").body());
    assertThat(done.path("status").asString()).as(done.toString()).isEqualTo("done");
    assertThat(done.path("samples").asInt()).isEqualTo(1);
    assertThat(author.get(export + "/file", "*/*").body())
        .isEqualTo(author.get(API + "/samples?round=1&format=json-lines", "*/*").body());
    assertThat(author.get("/p/default/labels", "text/html").body()).doesNotContain("Left out is");
    try (var connection = web.database().connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate("update export_run set left_out = 99");
    }
    assertThat(author.get("/p/default/labels", "text/html").body())
        .contains("99 left out", "Left out is what nobody has said yet");
    // With private fields in it: not for programs.
    assertThat(program.get(export + "/file").statusCode()).isEqualTo(403);
    assertThat(author.send("POST", export + "/cancel", Map.of(), "").statusCode()).isEqualTo(409);

    var refused = author.send("POST", API + "/exports?round=1&outside=refuse", Map.of(), "");
    String other = API + "/exports/" + JSON.readTree(refused.body()).path("id").asString();
    await(() -> !status(other).equals("running"));
    assertThat(get("/exports").path("items")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(author.send("POST", API + "/exports?round=9", Map.of(), "").statusCode())
        .isEqualTo(404);
    assertThat(author.send("POST", API + "/exports?format=pdf", Map.of(), "").statusCode())
        .isEqualTo(400);
    assertThat(author.get("/p/default/labels?check=yes", "text/html").body())
        .contains("it answers, and knows us", "Label Studio", "JSON Lines");
  }

  private static String status(String export) {
    return JSON.readTree(author.get(export, "application/json").body()).path("status").asString();
  }

  @Test
  void whatIsRefusedIsKnownToThoseWhoWaitForIt() {
    assertThat(
            program
                .post(
                    API + "/labels",
                    "application/json",
                    "{\"prediction\":\"e1\",\"verdict\":\"bad\"}")
                .statusCode())
        .isEqualTo(400);
    JsonNode refused = get("/labels/refused").at("/items/0");
    assertThat(refused.path("source").asString()).isEqualTo("api");
    assertThat(refused.path("by").asString()).isEqualTo("tests");
    assertThat(refused.path("why").asString()).contains("verdict");
  }

  @Test
  void imagesOpenByTheLinksOfAnExport() throws Exception {
    JsonNode coco = JSON.readTree(author.get(API + "/samples?round=1&format=coco", "*/*").body());
    URI image = URI.create(coco.at("/images/0/coco_url").asString());
    try (HttpClient anybody = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> all = fetch(anybody, image, "bytes=0-");
      byte[] drawn = Files.readAllBytes(media.resolve(coco.at("/images/0/file_name").asString()));
      assertThat(all.body()).isEqualTo(drawn);
      HttpResponse<byte[]> some = fetch(anybody, image, "bytes=1-3");
      assertThat(some.statusCode()).isEqualTo(206);
      assertThat(some.body()).asString().isEqualTo("PNG");
      assertThat(some.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
      URI forged = URI.create(image.toString().replace("ref=frames", "ref=other"));
      assertThat(fetch(anybody, forged, "bytes=0-").statusCode()).isEqualTo(404);
      MediaLinks links = web.running().context().getBean(MediaLinks.class);
      URI elsewhere = URI.create(web.address() + links.path("default", "http://127.0.0.1/1.png"));
      assertThat(fetch(anybody, elsewhere, "bytes=0-").statusCode())
          .as("no host is allowed")
          .isEqualTo(404);
    }
  }

  @Test
  void aClipHasTheEventsAroundAndSmallImages() {
    String day = get("/violations?assertion=flicker").at("/items/0/day").asString();
    String path = API + "/violations/" + day + "/" + flagged.id() + "/clip";
    JsonNode clip = JSON.readTree(author.get(path + "?around=1", "application/json").body());
    assertThat(clip.path("frames").size()).isBetween(2, 3);
    String small = clip.at("/frames/0/thumbnail").asString();
    var thumbnail = author.get(small + "&width=64", "image/*");
    assertThat(thumbnail.statusCode()).isEqualTo(200);
    assertThat(thumbnail.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(JSON.readTree(program.get(path).body()).path("frames").isEmpty())
        .as("a program sees no private fields")
        .isTrue();
  }

  @Test
  void aRoundIsLabelledInLabelStudio() throws Exception {
    var made = author.send("POST", API + "/label-studio?round=1", Map.of(), "");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    long number = JSON.readTree(made.body()).path("number").asLong();
    studio.tell(web.address() + API + "/labels/label-studio", "Bearer " + secret);
    JsonNode result = studio.tasks(number).getFirst().at("/predictions/0/result");
    assertThat(studio.annotate(number, 0, result)).as("answered within a second").isTrue();
    await(() -> numbers("label-studio").path("labels").asInt() == 1);
    assertThat(author.send("POST", API + "/label-studio?round=9", Map.of(), "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aFullRoundIsToldUntilItIsTaken() throws Exception {
    await(() -> !RECEIVED.isEmpty());
    assertThat(RECEIVED)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one).startsWith("sha256=").contains("\"round.full\"", "\"labels\" : 1");
            });
    await(() -> get("/deliveries").at("/items/0/status").asString().equals("delivered"));
    JsonNode delivery = get("/deliveries").at("/items/0");
    assertThat(delivery.path("attempts").asInt()).as("one had failed").isEqualTo(2);
    String again = API + "/deliveries/" + delivery.path("id").asString() + "/retry";
    assertThat(author.send("POST", again, Map.of(), "").statusCode()).isEqualTo(202);
    await(() -> RECEIVED.size() == 2);
    assertThat(author.send("POST", API + "/deliveries/99/retry", Map.of(), "").statusCode())
        .isEqualTo(404);
  }

  private static HttpResponse<byte[]> fetch(HttpClient client, URI from, String range)
      throws Exception {
    var request = HttpRequest.newBuilder(from).header("Range", range).build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode numbers(String source) {
    return get("/labels")
        .path("numbers")
        .valueStream()
        .filter(one -> one.path("source").asString().equals(source))
        .findFirst()
        .orElse(JSON.createObjectNode());
  }

  private static JsonNode get(String path) {
    boolean ofAuthors = path.startsWith("/deliveries");
    return JSON.readTree(
        ofAuthors
            ? author.get(API + path, "application/json").body()
            : program.get(API + path).body());
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("30 s have passed").isNegative();
      Thread.sleep(50);
    }
  }
}
