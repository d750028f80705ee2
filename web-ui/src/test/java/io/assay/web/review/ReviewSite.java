package io.assay.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.SampleRecord;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Role;
import io.assay.web.rules.RulesSite;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.BrowsingClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A street that was judged, whose rules want samples, with an author and reviewers. */
public final class ReviewSite implements AutoCloseable {
  public static final String REVIEW = "/api/v1/projects/default/review";
  public static final String ROUNDS = "/api/v1/projects/default/rounds";
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final int EVENTS = 300;

  private final RulesSite site;

  /** With more settings. */
  public ReviewSite(Map<String, Object> more) throws Exception {
    site = RulesSite.start(more);
    JudgedStreet street = JudgedStreet.drive("default", 7, Instant.now().minusSeconds(90), 900);
    street.store(site.web.database().connect());
    TestBroker broker = TestBroker.shared();
    String topic = broker.name("reviewed-camera");
    broker.createTopics(List.of(new NewTopic(topic, 3, (short) 1)));
    broker.send(
        street.payloads().stream()
            .limit(EVENTS)
            .map(payload -> new ProducerRecord<byte[], byte[]>(topic, payload))
            .toList());
    String rules =
        Files.readString(ROOT.resolve("examples/street.assay"))
            .replace("\"av.camera.predictions\"", '"' + topic + '"');
    site.publish(RuleHome.WEB, "", true, new SourceFile("street.assay", rules));
  }

  public BrowsingClient member(String name, Role role) {
    var client = new BrowsingClient(site.web.address());
    client.login(name, site.add(name, role));
    return client;
  }

  /** What the program answers, an empty object where nothing; the status must be this. */
  public static JsonNode ask(
      BrowsingClient who, String method, String path, Object body, int status) {
    String text = body instanceof String plain ? plain : JSON.writeValueAsString(body);
    var answer = who.send(method, path, Map.of(), text);
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }

  public static JsonNode get(BrowsingClient who, String path) {
    var answer = who.get(path, "application/json");
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  public <T> T bean(Class<T> type) {
    return site.web.running().context().getBean(type);
  }

  public List<String> column(String sql) {
    List<String> found = new ArrayList<>();
    try (var connection = site.web.database().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    } catch (java.sql.SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return found;
  }

  public void execute(String sql) {
    try (var connection = site.web.database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The first so many that came on the topic of what rounds propose. */
  public List<SampleRecord> samples(int many) {
    return site.records(Topics::samples, many).stream().map(SampleRecord::read).toList();
  }

  @Override
  public void close() {
    site.close();
  }
}
