package io.assay.web.alerts.channels;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.assay.assertion.Violation;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.alerts.Notice;
import io.assay.web.alerts.NoticeAlert;
import io.assay.web.rules.RulesSite;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.BrowsingClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a notice in the table to each receiver, which is on this machine and strict. */
class ChannelsSiteTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final String API = "/api/v1/projects/default/alerts";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final AtomicInteger GROUPS = new AtomicInteger();
  private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

  @TempDir private static Path media;
  private static LocalReceivers receivers;
  private static GreenMail mail;
  private static RulesSite site;
  private static Violation flagged;
  private static BrowsingClient author;

  @BeforeAll
  static void start() throws Exception {
    receivers = new LocalReceivers();
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    site = RulesSite.start(settings());
    // Its start sets up logging anew.
    var logger = (Logger) LoggerFactory.getLogger("io.assay.web");
    logger.setLevel(Level.DEBUG);
    LOGGED.start();
    logger.addAppender(LOGGED);
    JudgedStreet street = JudgedStreet.drive("default", 7, Instant.now().minusSeconds(90), 300);
    street.draw(media, 20);
    street.store(site.web.database().connect());
    flagged =
        street.violations().stream()
            .filter(one -> one.assertion().equals("flicker"))
            .findFirst()
            .orElseThrow();
    String rules =
        Files.readString(ROOT.resolve("examples/street.assay"))
            .replace("\"av.camera.predictions\"", '"' + TestBroker.shared().name("alerts") + '"')
            .replace(
                "alertmanager(\"http://localhost:9093\")",
                "webhook(\"%1$s/tested\"), webhook(\"secret:nobody\"), alertmanager(\"%1$s/am/again\")"
                    .formatted(receivers.url()));
    site.publish(RuleHome.WEB, "", true, new SourceFile("street.assay", rules));
    author = new BrowsingClient(site.address());
    author.login("an-author", site.add("an-author", Role.AUTHOR));
  }

  private static Map<String, Object> settings() {
    return Map.ofEntries(
        Map.entry("assay.media.folder", media.toString()),
        Map.entry("assay.alerts.address", "https://assay.example.org"),
        Map.entry("assay.alerts.private-networks", "true"),
        Map.entry("assay.alerts.key", LocalReceivers.KEY),
        Map.entry("assay.alerts.secrets.hook", receivers.url() + "/hook/" + LocalReceivers.SECRET),
        Map.entry("assay.alerts.secrets.wrong", LocalReceivers.SECRET),
        Map.entry(
            "assay.alerts.secrets.slack", receivers.url() + "/slack/" + LocalReceivers.SECRET),
        Map.entry("assay.alerts.slack.token", "xoxb-" + LocalReceivers.SECRET),
        Map.entry("assay.alerts.slack.api", receivers.url() + "/api"),
        Map.entry("assay.alerts.email.from", "assay@example.org"),
        Map.entry("assay.alerts.attempts", "3"),
        Map.entry("assay.alerts.first-pause", "20ms"),
        Map.entry("assay.alerts.longest-pause", "1s"),
        Map.entry("assay.alerts.answer-within", "3s"),
        Map.entry("assay.alerts.pace", "1ms"),
        Map.entry("assay.alerts.resend", "1s"),
        Map.entry("spring.mail.host", "127.0.0.1"),
        Map.entry("spring.mail.port", String.valueOf(mail.getSmtp().getPort())));
  }

  @AfterAll
  static void stop() {
    site.close();
    mail.stop();
    receivers.close();
    var logger = (Logger) LoggerFactory.getLogger("io.assay.web");
    boolean unused = logger.detachAppender(LOGGED);
    logger.setLevel(Level.INFO);
  }

  @Test
  void everyChannelIsReachedWithSentenceLinkAndPicture() throws Exception {
    String group = group();
    NoticeAlert alert = Notices.alert("flicker", null, flagged.id());
    long notice = write(Notices.firing(now(alert)), group);
    deliver(notice, 0, Receiver.ALERTMANAGER, receivers.url() + "/am");
    deliver(notice, 1, Receiver.WEBHOOK, "secret:hook");
    deliver(notice, 2, Receiver.SLACK, "secret:slack");
    deliver(notice, 3, Receiver.SLACK, "#alerts");
    deliver(notice, 4, Receiver.EMAIL, "oncall@example.org");
    for (int target = 0; target < 5; target++) {
      awaitStatus(notice, target, "DELIVERED");
    }
    String body = receivers.taken("hook").getLast().body();
    JsonNode first = JSON.readTree(body).at("/alerts/0");
    assertThat(first.path("generatorURL").asString())
        .isEqualTo("https://assay.example.org/p/default/alerts/f1a2");
    assertThat(first.at("/annotations/summary").asString()).contains("•••").doesNotContain("t-se");
    assertPicture(first.at("/annotations/picture").asString());
    assertThat(receivers.taken("hook").getLast().event()).isEqualTo("alert.firing");
    assertThat(receivers.taken("slack").getLast().body()).contains("\"image_url\"");
    assertThat(JSON.readTree(receivers.taken("api").getLast().body()).path("channel").asString())
        .isEqualTo("#alerts");
    String letter = GreenMailUtil.getWholeMessage(mail.getReceivedMessages()[0]);
    assertThat(letter).contains("image/png", "Content-ID: <violation>", "oncall@example.org");
    assertThat(receivers.problems()).isEmpty();
  }

  /** The signed link opens without a login, and a changed one does not. */
  private static void assertPicture(String link) throws Exception {
    String path = link.substring("https://assay.example.org".length());
    HttpResponse<byte[]> answer = fetch(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    var picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertThat(picture.getWidth()).isEqualTo(800);
    assertThat(red(picture)).as("the gap, in red").isGreaterThan(50);
    assertThat(fetch(path.replace("until=", "until=9")).statusCode()).isEqualTo(404);
    assertThat(fetch(path.replace(flagged.id(), "other")).statusCode()).isEqualTo(404);
  }

  private static int red(BufferedImage picture) {
    int found = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        found += picture.getRGB(x, y) == 0xffff4b2b ? 1 : 0;
      }
    }
    return found;
  }

  private static HttpResponse<byte[]> fetch(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(site.address() + path)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  /** As while a newer version runs beside this one. */
  @Test
  void whatCannotBeReadEndsNoSending() throws Exception {
    long notice = write(Notices.firing(Notices.alert("flicker", null, null)), group());
    deliver(notice, 0, Receiver.WEBHOOK, receivers.url() + "/odd");
    awaitStatus(notice, 0, "DELIVERED");
    try (Connection connection = site.web.database().connect();
        Statement rows = connection.createStatement()) {
      rows.execute(
          "INSERT INTO alert_delivery (notice, target, project, receiver, address, next) VALUES (%d, 1, 'default', 'PIGEON', 'loft', now())"
              .formatted(notice));
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (List.copyOf(LOGGED.list).stream()
              .noneMatch(line -> line.getFormattedMessage().contains("deliveries cannot be read"))
          && System.nanoTime() < until) {
        Thread.sleep(50);
      }
      rows.execute("DELETE FROM alert_delivery WHERE receiver = 'PIGEON'");
    }
    deliver(notice, 2, Receiver.WEBHOOK, receivers.url() + "/odd");
    awaitStatus(notice, 2, "DELIVERED");
  }

  @Test
  void whatFailsIsTriedAgainUnderTheSameIdAndInOrder() throws Exception {
    receivers.answer("ordered", "500", "429");
    String group = group();
    String to = receivers.url() + "/ordered";
    long firing = write(Notices.firing(Notices.alert("flicker", null, null)), group);
    deliver(firing, 0, Receiver.WEBHOOK, to);
    long over =
        write(
            Notices.of(
                group,
                Notice.Status.RESOLVED,
                Notice.Reason.RESOLVED,
                Notices.alert("flicker", Notices.NOW, null)),
            group);
    deliver(over, 0, Receiver.WEBHOOK, to);
    awaitStatus(over, 0, "DELIVERED");
    assertThat(receivers.taken("ordered"))
        .extracting(LocalReceivers.Taken::delivery)
        .containsExactly(firing + "-0", over + "-0");
    assertThat(column("attempts", firing, 0)).isEqualTo("3");
  }

  @Test
  void afterAFailureALaterNoticeThatFiresTakesThePlaceOfTheEarlier() throws Exception {
    receivers.answer("newer", "429");
    String group = group();
    String to = receivers.url() + "/newer";
    long first = write(Notices.firing(Notices.alert("flicker", null, null)), group);
    deliver(first, 0, Receiver.WEBHOOK, to);
    await(() -> column("attempts", first, 0).equals("1"), "a first attempt");
    long second = write(Notices.firing(Notices.alert("flicker", null, null)), group);
    deliver(second, 0, Receiver.WEBHOOK, to);
    awaitStatus(second, 0, "DELIVERED");
    assertThat(column("status", first, 0)).isEqualTo("SUPERSEDED");
    assertThat(receivers.taken("newer"))
        .extracting(LocalReceivers.Taken::delivery)
        .containsExactly(second + "-0");
  }

  @Test
  void whatIsRefusedIsDeadAndAPersonHasItTriedAgain() throws Exception {
    receivers.answer("refusing", "400");
    long notice = write(Notices.firing(Notices.alert("flicker", null, null)), group());
    deliver(notice, 0, Receiver.WEBHOOK, receivers.url() + "/refusing");
    awaitStatus(notice, 0, "DEAD");
    JsonNode item = item(notice);
    assertThat(item.path("trouble").asString()).isEqualTo("it answered 400");
    assertThat(item.path("attempts").asInt()).isEqualTo(1);
    String retry = API + "/deliveries/" + notice + "/0/retry";
    assertThat(author.send("POST", retry, "").statusCode()).isEqualTo(202);
    awaitStatus(notice, 0, "DELIVERED");
    assertThat(author.send("POST", retry, "").statusCode()).isEqualTo(409);
    assertThat(author.send("POST", API + "/deliveries/x/0/retry", "").statusCode()).isEqualTo(400);
  }

  @Test
  void aReceiverThatNeverAnswersHoldsUpNobodyElse() throws Exception {
    Instant begun = Instant.now();
    for (int i = 0; i < 20; i++) {
      long slow = write(Notices.firing(Notices.alert("flicker", null, null)), group());
      deliver(slow, 0, Receiver.WEBHOOK, receivers.url() + "/silent");
    }
    long quick = write(Notices.firing(Notices.alert("flicker", null, null)), group());
    deliver(quick, 0, Receiver.WEBHOOK, receivers.url() + "/quick");
    awaitStatus(quick, 0, "DELIVERED");
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
    execute("DELETE FROM alert_delivery WHERE address LIKE '%/silent'");
  }

  /** As a process leaves it that was killed when the receiver had it and the table did not. */
  @Test
  void anAttemptThatWasCutOffIsRepeatedUnderTheSameId() throws Exception {
    var channels = site.web.running().context().getBean(Channels.class);
    var rows = site.web.running().context().getBean(DeliveryRows.class);
    long notice = write(Notices.firing(Notices.alert("flicker", null, null)), group());
    leased(notice, receivers.url() + "/crashed", Instant.now().plusSeconds(2));
    Delivery delivery = rows.one("default", notice, 0).orElseThrow();
    assertThat(channels.send(delivery, rows.notice(delivery))).isEqualTo(new Outcome.Delivered());
    assertThat(column("status", notice, 0)).isEqualTo("PENDING");
    awaitStatus(notice, 0, "DELIVERED");
    assertThat(receivers.taken("crashed"))
        .extracting(LocalReceivers.Taken::delivery)
        .containsExactly(notice + "-0", notice + "-0");
  }

  /** Whoever comes back after its lease does not undo what another has noted. */
  @Test
  void whoseLeaseIsOverSettlesNothing() throws Exception {
    var rows = site.web.running().context().getBean(DeliveryRows.class);
    long notice = write(Notices.firing(Notices.alert("flicker", null, null)), group());
    leased(notice, receivers.url() + "/late", Instant.now().plusSeconds(1));
    Delivery lost = rows.one("default", notice, 0).orElseThrow();
    awaitStatus(notice, 0, "DELIVERED");
    assertThat(rows.settle(lost, Delivery.Status.DEAD, Duration.ZERO, "late", Optional.empty()))
        .isFalse();
    assertThat(column("status", notice, 0)).isEqualTo("DELIVERED");
  }

  @Test
  void anAlertmanagerIsToldAgainUntilItIsOver() throws Exception {
    String group = group();
    String to = receivers.url() + "/am/again";
    long firing = write(Notices.firing(Notices.alert("lasting", null, null)), group);
    deliver(firing, 0, Receiver.ALERTMANAGER, to);
    await(() -> lasting().size() >= 3, "three times the same");
    assertThat(lasting()).isSorted().doesNotHaveDuplicates();
    long over =
        write(
            Notices.of(
                group,
                Notice.Status.RESOLVED,
                Notice.Reason.RESOLVED,
                Notices.alert("lasting", Notices.NOW, null)),
            group);
    deliver(over, 0, Receiver.ALERTMANAGER, to);
    awaitStatus(over, 0, "DELIVERED");
    await(() -> column("again IS NULL", firing, 0).equals("true"), "it is told no more");
    assertThat(lasting().getLast()).isEqualTo(Notices.NOW);
  }

  /** Until when an Alertmanager was told that it lasts, each time. */
  private static List<Instant> lasting() {
    return receivers.taken("am").stream()
        .map(one -> JSON.readTree(one.body()).path(0))
        .filter(alert -> alert.at("/labels/alertname").asString().equals("lasting"))
        .map(alert -> Instant.parse(alert.path("endsAt").asString()))
        .toList();
  }

  @Test
  void whatItsRouteDoesNotLeadToAnyMoreIsNotToldAgain() throws Exception {
    long firing = write(Notices.firing(Notices.alert("moved", null, null)), group());
    deliver(firing, 0, Receiver.ALERTMANAGER, receivers.url() + "/am/elsewhere");
    awaitStatus(firing, 0, "DELIVERED");
    await(() -> column("again IS NULL", firing, 0).equals("true"), "it is told no more");
  }

  @Test
  void secretsAreNowhereButAtTheirReceivers() throws Exception {
    long notice = write(Notices.firing(Notices.alert("flicker", null, null)), group());
    deliver(notice, 0, Receiver.WEBHOOK, "secret:nobody");
    deliver(notice, 1, Receiver.WEBHOOK, "secret:wrong");
    deliver(notice, 2, Receiver.SLACK, "secret:slack");
    deliver(notice, 3, Receiver.SLACK, "#nobody");
    receivers.answer("slack", "403 " + LocalReceivers.SECRET);
    receivers.answer("api", "200 {\"ok\":false,\"error\":\"channel_not_found\"}");
    for (int target = 0; target < 4; target++) {
      awaitStatus(notice, target, "DEAD");
    }
    assertThat(column("trouble", notice, 0))
        .isEqualTo("there is no secret 'nobody': assay.alerts.secrets.nobody is not set");
    assertThat(column("trouble", notice, 1)).isEqualTo("it is not an http or https address");
    assertThat(column("trouble", notice, 2)).isEqualTo("it answered 403");
    assertThat(column("trouble", notice, 3)).isEqualTo("Slack says channel_not_found");
    String page = author.get("/p/default/alerts/deliveries").body();
    assertThat(page)
        .contains("assay.alerts.secrets.nobody is not set", "Slack says channel_not_found")
        .doesNotContain(LocalReceivers.SECRET);
    assertThat(author.get(API + "/deliveries", "application/json").body())
        .contains("secret:wrong")
        .doesNotContain(LocalReceivers.SECRET);
    assertThat(List.copyOf(LOGGED.list))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.getFormattedMessage()).doesNotContain(LocalReceivers.SECRET);
              if (line.getThrowableProxy() != null) {
                assertThat(ThrowableProxyUtil.asString(line.getThrowableProxy()))
                    .doesNotContain(LocalReceivers.SECRET);
              }
            });
  }

  @Test
  void slackIsWrittenToWithoutAPictureThatItCannotFetch() throws Exception {
    receivers.answer("slack", "400 invalid_blocks");
    long notice = write(Notices.firing(now(Notices.alert("flicker", null, flagged.id()))), group());
    deliver(notice, 0, Receiver.SLACK, receivers.url() + "/slack");
    awaitStatus(notice, 0, "DELIVERED");
    assertThat(receivers.taken("slack"))
        .anySatisfy(
            one -> assertThat(one.body()).contains("as a picture").doesNotContain("image_url"));
  }

  @Test
  void thePagesOfRulesAndAlertsSayWhichTargetsCannotBeSentTo() throws Exception {
    for (String page : List.of("rules", "alerts")) {
      assertThat(author.get("/p/default/" + page).body())
          .contains("secret:nobody")
          .contains("assay.alerts.secrets.nobody is not set");
    }
  }

  @Test
  void aTestAlertGoesToAllTargetsOfItsRoute() throws Exception {
    var answer = author.send("POST", API + "/test", "{\"route\":\"perception\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    long notice = JSON.readTree(answer.body()).path("notice").asLong();
    awaitStatus(notice, 0, "DELIVERED");
    awaitStatus(notice, 1, "DEAD");
    var taken = receivers.taken("tested").getLast();
    assertThat(taken.event()).isEqualTo("alert.test");
    assertThat(taken.body()).contains("an-author tries whether alerts");
    assertThat(author.send("POST", API + "/test", "{\"route\":\"nowhere\"}").statusCode())
        .isEqualTo(409);
    assertThat(author.send("POST", API + "/test", "{}").statusCode()).isEqualTo(400);
    String page = author.get("/p/default/alerts/deliveries").body();
    assertThat(page).contains("perception", "cannot be sent to: there is no secret");
    assertThat(author.post("/p/default/alerts/deliveries/test", Map.of("route", "perception")))
        .satisfies(sent -> assertThat(sent.statusCode()).isEqualTo(302));
    assertThat(strings("SELECT action FROM audit WHERE subject = 'perception'"))
        .containsOnly("alert.tested");
    assertThat(receivers.problems()).isEmpty();
  }

  /** As of this minute, when the street's violations are. */
  private static NoticeAlert now(NoticeAlert of) {
    return new NoticeAlert(
        of.fingerprint(),
        new TreeMap<>(of.labels()),
        new TreeMap<>(of.annotations()),
        Instant.now(),
        of.endsAt(),
        of.link(),
        of.violation(),
        of.acknowledgedBy());
  }

  private static String group() {
    return "group-" + GROUPS.incrementAndGet();
  }

  private static long write(Notice notice, String group) throws SQLException {
    var now =
        new Notice(
            notice.project(),
            notice.route(),
            group,
            notice.groupLabels(),
            notice.status(),
            notice.reason(),
            notice.alerts(),
            notice.leftOut(),
            Instant.now());
    try (var connection = site.web.database().connect();
        var statement =
            connection.prepareStatement(
                "INSERT INTO alert_notice (project, route, group_key, status, reason, body,"
                    + " created) VALUES (?, ?, ?, ?, ?, ?::json, now()) RETURNING id")) {
      statement.setString(1, now.project());
      statement.setString(2, now.route());
      statement.setString(3, group);
      statement.setString(4, now.status().name());
      statement.setString(5, now.reason().name());
      statement.setString(6, JSON.writeValueAsString(now));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static void deliver(long notice, int target, Receiver receiver, String address)
      throws SQLException {
    insert(notice, target, receiver, address, Instant.now());
  }

  /** As if somebody were sending it until then. */
  private static void leased(long notice, String address, Instant until) throws SQLException {
    insert(notice, 0, Receiver.WEBHOOK, address, until);
  }

  private static void insert(
      long notice, int target, Receiver receiver, String address, Instant next)
      throws SQLException {
    try (var connection = site.web.database().connect();
        var statement =
            connection.prepareStatement(
                "INSERT INTO alert_delivery (notice, target, project, receiver, address, next)"
                    + " VALUES (?, ?, 'default', ?, ?, ?)")) {
      statement.setLong(1, notice);
      statement.setInt(2, target);
      statement.setString(3, receiver.name());
      statement.setString(4, address);
      statement.setObject(5, OffsetDateTime.ofInstant(next, ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }

  private static JsonNode item(long notice) {
    JsonNode all = JSON.readTree(author.get(API + "/deliveries", "application/json").body());
    return all.path("items")
        .valueStream()
        .filter(one -> one.path("notice").asString("").equals(Long.toString(notice)))
        .findFirst()
        .orElseThrow();
  }

  private static String column(String expression, long notice, int target) {
    return strings(
            "SELECT (%s)::text FROM alert_delivery WHERE notice = %d AND target = %d"
                .formatted(expression, notice, target))
        .getFirst();
  }

  private static List<String> strings(String sql) {
    var found = new ArrayList<String>();
    try (var connection = site.web.database().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = site.web.database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void awaitStatus(long notice, int target, String status) {
    await(
        () -> column("status", notice, target).equals(status),
        "%d-%d %s".formatted(notice, target, status));
  }

  private static void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + 40_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            what
                + " did not come to be; "
                + receivers.problems()
                + strings("SELECT row(d.*)::text FROM alert_delivery d"));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
