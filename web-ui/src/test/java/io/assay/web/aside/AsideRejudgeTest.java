package io.assay.web.aside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.archive.ArchiveWriter;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleWriter;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.system.BrowsingClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Judging in the history from the web interface, up to the list of violations. */
class AsideRejudgeTest {
  private static final String PATH = "/api/v1/projects/default/dead-letters";

  private final long start = Instant.now().toEpochMilli() - 60_000;

  @TempDir Path folder;

  private String seen(long at, int seen) {
    return "{\"camera\":\"c1\",\"at\":%d,\"seen\":%d}".formatted(start + at, seen);
  }

  private SourceFile prepare(AsideSite site) {
    var file =
        new SourceFile(
            "frames.assay",
            """
            language 1
            stream frames from topic "%s" { key camera string time at timestamp(millis) seen int }
            assertion few on frames { mode active expect seen < 5 }
            """
                .formatted(site.source));
    var rules = new RuleCompiler().compile(List.of(file), Map.of()).rules().orElseThrow();
    var writer =
        new ArchiveWriter(
            new FolderStore(folder), ArchiveSettings.in(folder), "default", rules.streams(), "a");
    writer.take(new TopicPartition(site.source, 0), "T", OptionalLong.empty(), 0);
    int offset = 0;
    for (String payload : List.of(seen(0, 9), "{", seen(200, 9))) {
      writer.add(
          new ConsumerRecord<>(site.source, 0, offset++, new byte[0], payload.getBytes(UTF_8)),
          start);
    }
    writer.roll(writer.partitions());
    return file;
  }

  private static void publish(AsideSite site, SourceFile file) {
    new RuleWriter(Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()), site.topics)
        .publish(
            new RuleWriter.Request(
                "default",
                new RuleContent(List.of(file), Map.of()),
                new RuleOrigin(RuleHome.WEB, "", "", "a", Instant.EPOCH),
                "hash",
                OptionalLong.empty(),
                false));
  }

  @Test
  void whatARepairFindsIsStoredAndShownAsSuch() throws Exception {
    try (AsideSite site = AsideSite.start(Map.of("assay.archive.folder", folder.toString()))) {
      SourceFile file = prepare(site);
      site.letter("default", "broken-json", "no end", 1, "{", start);
      site.flush();
      var program = site.program(Scope.READ, Scope.REPAIR);
      String value = Base64.getEncoder().encodeToString(seen(100, 7).getBytes(UTF_8));
      String wanted =
          "{\"positions\":[\"0@0\"],\"how\":\"rejudge\",\"value\":\"%s\"}".formatted(value);
      HttpResponse<String> early = program.post(PATH + "/replay", "application/json", wanted);
      assertThat(early.statusCode()).as(early.body()).isEqualTo(409);

      publish(site, file);
      HttpResponse<String> done = early;
      long end = System.nanoTime() + 20_000_000_000L;
      while (done.statusCode() == 409 && System.nanoTime() < end) {
        done = program.post(PATH + "/replay", "application/json", wanted);
      }
      assertThat(done.body()).contains("\"REJUDGED\"", "1 more violation");

      String listed = "/api/v1/projects/default/violations";
      var items = JsonMapper.shared().readTree("[]");
      while (items.isEmpty() && System.nanoTime() < end) {
        items = JsonMapper.shared().readTree(program.get(listed).body()).path("items");
      }
      assertThat(items.path(0).path("origin").asString()).isEqualTo("repair");
      assertThat(items).hasSize(1);
      BrowsingClient viewer = site.member(Role.VIEWER);
      assertThat(viewer.get("/p/default/violations").body()).contains(">Repair<");
      assertThat(viewer.get("/p/default/dead-letters").body()).contains("rejudged");
    }
  }
}
