package io.assay.web.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.ProjectRules;
import io.assay.stream.app.StreamProcessors;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleUse;
import io.assay.web.access.Role;
import io.assay.web.rules.RulesSite;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever runs the installation sees: the flow of events, and administration. */
class OperationsInBrowserTest {
  private static Chromium chromium;
  private static RulesSite site;
  private static String password;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    site = RulesSite.start(Map.of("assay.storage.after", "PT1S", "assay.storage.every", "PT2S"));
    password = site.add("an-administrator", Role.ADMINISTRATOR);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  /** The page looks as it should in both themes, and has no serious fault in either. */
  private static void look(Visitor visitor, String name) {
    visitor.photograph(name);
    Page page = visitor.page();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "screenshots", name + "-whole.png")));
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as(name)
        .isEqualTo(true);
    assertThat(Axe.faults(page)).as(name).isEmpty();
  }

  /** But for axe, whose own drawing the browser has something to say of. */
  private static void assertQuiet(Visitor visitor) {
    assertThat(visitor.complaints()).allMatch(one -> one.startsWith("Canvas2D"));
  }

  private static String text(Page page) {
    return page.locator("main").innerText();
  }

  private static void sql(String statement) throws SQLException {
    try (var connection = site.web.database().connect();
        var to = connection.createStatement()) {
      to.execute(statement);
    }
  }

  @Test
  void whoReadsWhatAndHowLongThereIsRoom() throws SQLException {
    String topic = site.topics().prefix() + ".camera";
    TestBroker.shared().createTopics(List.of(new NewTopic(topic, 1, (short) 1)));
    long generation =
        site.publish(
            RuleHome.WEB,
            "",
            true,
            new SourceFile("camera.assay", site.file("camera", 3, "active")));
    sql(
        """
        INSERT INTO storage_sample (at, store, kind, name, bytes, free, total)
        SELECT now() - n * interval '1 hour' - interval '30 minutes', 'ARCHIVE', 'VOLUME', '/var/lib/assay/archive',
          (48 - n) * 1000000000::bigint, (60 + n) * 1000000000::bigint, 200000000000 FROM generate_series(0, 47) n\
        """);
    var settings = new HashMap<String, Object>(site.clients());
    settings.put("group.id", site.topics().prefix() + "-default-camera");
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.records", 5);
    try (var producer =
            new KafkaProducer<>(
                site.clients(), new ByteArraySerializer(), new ByteArraySerializer());
        var reader =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Visitor visitor = chromium.visit(site.address())) {
      for (int i = 0; i < 2500; i++) {
        var unused = producer.send(new ProducerRecord<>(topic, "{}".getBytes(UTF_8)));
      }
      var use =
          new RuleUse(
              "default",
              "assay-camera",
              "1_1",
              generation,
              1,
              Map.of(),
              Map.of(),
              Map.of(
                  "camera_000", new RuleUse.Cost(120, 1_800_000),
                  "camera_001", new RuleUse.Cost(120, 600_000)));
      var unused =
          producer.send(new ProducerRecord<>(site.topics().ruleUse(), use.key(), use.json()));
      producer.flush();
      // Those to come, too: a minute may be over before the page is looked at.
      sql(
          """
          INSERT INTO count_minute SELECT 'default', 'camera_00' || a, '0', 'camera',
            date_trunc('minute', now()) - m * interval '1 minute', 0, 1, 600, 600, 600, 600, 0, 0, 0
          FROM generate_series(0, 1) a, generate_series(-5, 20) m\
          """);
      reader.subscribe(List.of(topic));
      while (reader.poll(Duration.ofMillis(200)).isEmpty()) {
        assertThat(reader.groupMetadata()).isNotNull();
      }
      reader.commitSync();

      visitor.login("an-administrator", password);
      Page page = visitor.page();
      page.click("nav.places >> text=Pipeline");
      // What the broker says is asked for every five seconds, what tasks tell every two.
      for (int i = 0;
          i < 40 && !(text(page).contains("2,495") && text(page).contains("15.0 µs"));
          i++) {
        page.waitForTimeout(500);
        page.reload();
      }
      assertThat(text(page)).contains("2,495", "15.0 µs", "10.0", "Stores in the database");
      assertThat(text(page)).contains("24.0 GB", "2 days");
      page.locator("main details summary").first().click();
      look(visitor, "pipeline");
      assertQuiet(visitor);
    }
  }

  @Test
  void administrationIsOnePlace() throws SQLException {
    try (Visitor visitor = chromium.visit(site.address())) {
      visitor.login("an-administrator", password);
      Page page = visitor.page();
      page.click("nav.places >> text=Administration");
      look(visitor, "members");
      page.click("nav.tabs >> text=Projects");
      page.fill("[name=name]", "night-shift");
      page.locator("form [name=title]").first().fill("The street by night");
      page.click("text=Make a project");
      assertThat(text(page)).contains("The street by night");
      look(visitor, "projects");
      page.click("nav.tabs >> text=Retention");
      page.locator("input.days").first().fill("90");
      page.locator("main form button").first().click();
      page.waitForSelector("[role=status]");
      assertThat(text(page)).contains("decided by an-administrator", "compact,delete");
      look(visitor, "retention");
      page.click("nav.tabs >> text=Changes");
      page.selectOption("[name=action]", "retention.changed");
      page.click(".filters button");
      page.waitForURL("**/audit?*action=retention.changed*");
      assertThat(text(page)).contains("for ever to 90 days");
      look(visitor, "changes");
      page.click("nav.tabs >> text=Erasure");
      page.fill("[name=stream]", "camera");
      page.fill("[name=key]", "vehicle-17");
      page.fill("[name=confirmed]", "vehicle-17");
      page.click("text=Erase for ever");
      for (int i = 0; i < 60 && !text(page).contains("12 of 12 steps"); i++) {
        page.waitForTimeout(500);
        page.reload();
      }
      assertThat(text(page)).contains("Looked through all tables").doesNotContain("vehicle-17");
      sql(
          """
          INSERT INTO erasure_task SELECT 'default', id, 'assay-default-camera', '1_' || n,
            CASE WHEN n < 3 THEN now() END, 14 - n FROM erasure, generate_series(0, 3) n WHERE project = 'default'\
          """);
      page.reload();
      assertThat(text(page)).contains("3 of 4 tasks", "not yet: it does when it runs");
      look(visitor, "erasure");
      assertQuiet(visitor);
    }
  }

  @Test
  void fromAnEmptyInstallationToAFirstViolation(@TempDir Path folder) throws SQLException {
    String topic = site.topics().prefix() + ".shuttle.events";
    TestBroker.shared().createTopics(List.of(new NewTopic(topic, 2, (short) 1)));
    var settings =
        ProcessorSettings.of(String.valueOf(site.clients().get("bootstrap.servers")), folder)
            .in("fresh", site.topics());
    sql("INSERT INTO project (name, title) VALUES ('fresh', 'Fresh')");
    sql("INSERT INTO membership VALUES ('fresh', 'an-administrator', 'ADMINISTRATOR')");
    try (ProjectRules rules = ProjectRules.follow(settings);
        StreamProcessors processors = StreamProcessors.follow(rules, settings.keyed(true));
        var producer =
            new KafkaProducer<>(
                site.clients(), new ByteArraySerializer(), new ByteArraySerializer());
        Visitor visitor = chromium.visit(site.address())) {
      long past = System.currentTimeMillis() - 600_000;
      for (int i = 0; i < 400; i++) {
        drive(producer, topic, past + i * 1000L, i % 97 == 50 ? 900 : 20 + i % 7);
      }
      visitor.login("an-administrator", password);
      Page page = visitor.page();
      page.navigate("/p/fresh");
      page.click("main >> text=Connect a topic");
      look(visitor, "start-topics");
      page.click("main >> text=" + topic);
      page.waitForURL("**/start/stream?*");
      assertThat(page.inputValue("textarea")).contains("key vehicle string", "speed", "int");
      look(visitor, "start-stream");
      page.fill(
          "textarea", page.inputValue("textarea").replace("key vehicle string", "key car string"));
      page.click("text=Check");
      page.fill(
          "textarea", page.inputValue("textarea").replace("key car string", "key vehicle strin"));
      page.click("text=Check");
      assertThat(text(page)).contains("This does not hold yet", "error[A");
      page.fill(
          "textarea",
          page.inputValue("textarea").replace("key vehicle strin\n", "key vehicle string\n"));
      page.click("text=Publish, and go on");
      page.waitForURL("**/start/rules?stream=*");
      assertThat(text(page)).contains("Out of range", "Silence");
      look(visitor, "start-gallery");
      page.click("[aria-label$='_range_speed on the past']");
      page.waitForURL("**/start/rule?*");
      assertThat(text(page)).contains("would have fired 4 times in 400 judged", "speed is 900");
      look(visitor, "start-rule");
      page.click("main button[value=publish]");
      page.waitForURL("**/p/fresh/start/fired?*");
      assertThat(text(page))
          .contains(
              "_range_speed is in force",
              "What was read before is not judged again",
              "would have fired 4 times in 400 judged",
              "speed is 900");
      look(visitor, "start-fired");
      page.click("text=Violations as they come");
      page.waitForURL("**/p/fresh/violations?assertion=*");
      assertThat(text(page)).contains("No violation matches", "a backtest tells");
      assertThat(page.inputValue("select[name=assertion]")).endsWith("_range_speed");
      // The rules are in force; what comes from now on is judged by them.
      for (int i = 0; i < 120 && page.locator(".rows tbody tr").count() == 0; i++) {
        drive(producer, topic, System.currentTimeMillis(), 900);
        page.waitForTimeout(500);
        page.reload();
      }
      assertThat(page.locator(".rows tbody tr").first().innerText()).contains("speed is 900");
      look(visitor, "start-violations");
      assertThat(processors.status()).isNotEmpty();
      assertQuiet(visitor);
    }
  }

  private static void drive(
      KafkaProducer<byte[], byte[]> producer, String topic, long at, int speed) {
    byte[] event =
        "{\"vehicle\":\"v%d\",\"at\":%d,\"speed\":%d,\"driver\":\"d\"}"
            .formatted(at % 3, at, speed)
            .getBytes(UTF_8);
    var unused = producer.send(new ProducerRecord<>(topic, ("v" + at % 3).getBytes(UTF_8), event));
    producer.flush();
  }
}
