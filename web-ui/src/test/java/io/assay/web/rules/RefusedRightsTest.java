package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.SecureBroker;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.RunningWeb;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Rules that are published on a broker that refuses the web interface, or is away. */
class RefusedRightsTest {
  private static final String PATH = "/api/v1/projects/default/rules";
  private static final String TEXT =
      """
      language 1
      stream camera from topic "t" { key vehicle string time at timestamp(millis) }
      """;

  private final SecureBroker broker = SecureBroker.shared();
  private final String user = "refused-" + UUID.randomUUID().toString().substring(0, 8);
  private final Topics topics = new Topics(user);

  @BeforeEach
  void prepare() throws Exception {
    broker.addUser(user, "secret-" + user);
    try (Admin admin = broker.admin()) {
      admin.createTopics(topics.plans(1).stream().map(TopicPlan::newTopic).toList()).all().get();
    }
  }

  private void allow(AclOperation operation, ResourceType type, String name) throws Exception {
    var entry = new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW);
    var resource = new ResourcePattern(type, name, PatternType.LITERAL);
    try (Admin admin = broker.admin()) {
      admin.createAcls(List.of(new AclBinding(resource, entry))).all().get();
    }
  }

  private RunningWeb web(String servers) {
    var properties = new HashMap<String, Object>();
    properties.put("assay.sink.bootstrap-servers", servers);
    properties.put("assay.sink.prefix", topics.prefix());
    if (servers.equals(broker.saslSsl())) {
      broker
          .scramOverTls(user, "secret-" + user)
          .forEach((name, value) -> properties.put("assay.kafka." + name, value));
    }
    return RunningWeb.start(properties);
  }

  private static BrowsingClient author(RunningWeb web) {
    Members members = web.running().context().getBean(Members.class);
    var made = (Change.NewPassword) members.add("default", "system", "an-author", Role.AUTHOR);
    var client = new BrowsingClient(web.address());
    client.login("an-author", made.password());
    return client;
  }

  private static HttpResponse<String> put(BrowsingClient author) {
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("files", List.of(Map.of("name", "camera.assay", "text", TEXT))));
    return author.send("PUT", PATH, Map.of("If-Match", "\"0\""), body);
  }

  private static void assertRefused(HttpResponse<String> answer, String what) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    assertThat(answer.body())
        .contains("denies a right (docs/kafka-acls.md has those that are needed)", what)
        .doesNotContain("secret-");
  }

  @Test
  void aRefusedRightIsNamedAndNobodyIsToldToAskAgain() throws Exception {
    try (RunningWeb web = web(broker.saslSsl())) {
      BrowsingClient author = author(web);
      assertRefused(put(author), topics.rules());

      allow(AclOperation.READ, ResourceType.TOPIC, topics.rules());
      ActiveRules active = web.running().context().getBean(ActiveRules.class);
      assertThat(active.awaitKnown(Duration.ofSeconds(30))).isTrue();
      String id = topics.rules() + ".default";
      assertRefused(put(author), id);
      author.get("/p/default/rules/edit");
      assertThat(
              author
                  .post(
                      "/p/default/rules/edit",
                      Map.of("does", "publish", "file", "a.assay", "follows", "0", "text", TEXT))
                  .body())
          .contains("denies a right", id, "stream camera from topic");

      allow(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, id);
      assertRefused(put(author), topics.rules());
      allow(AclOperation.WRITE, ResourceType.TOPIC, topics.rules());
      assertThat(put(author).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBrokerThatIsAwayIsAskedAgain() {
    try (RunningWeb web = web("localhost:1")) {
      HttpResponse<String> answer = put(author(web));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      assertThat(answer.body()).contains("the broker at localhost:1 does not answer as needed");
    }
  }
}
