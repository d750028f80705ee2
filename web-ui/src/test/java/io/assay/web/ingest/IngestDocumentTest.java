package io.assay.web.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.embedded.TestBroker;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ingest.md shows of curl is what comes. */
class IngestDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Pattern SHOWN =
      Pattern.compile(
          "^```sh\n(.*?)^```\n\n```json\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir private Path folder;

  @Test
  void whatIsShownIsWhatComes() throws IOException, InterruptedException {
    assumeTrue(hasCurl(), "curl is not installed");
    String topic = TestBroker.shared().name("documented");
    TestBroker.shared().createTopics(List.of(new NewTopic(topic, 2, (short) 1)));
    Path rules = folder.resolve("first.assay");
    String text = Files.readString(ROOT.resolve("examples/first.assay"));
    Files.writeString(rules, text.replace("camera.predictions", topic));
    Map<String, Object> settings = Map.of("assay.ingest.rules", rules.toString());
    int shown = 0;
    try (IngestRun run = IngestRun.start(folder, settings)) {
      String token = run.secret(new TokenWish("docs", Set.of(Scope.INGEST), Set.of(), null));
      var blocks = SHOWN.matcher(Files.readString(ROOT.resolve("docs/ingest.md")));
      while (blocks.find()) {
        String command = blocks.group(1).replace("http://localhost:8080", run.web.address());
        assertThat(output(command, token)).isEqualTo(blocks.group(2).strip());
        shown++;
      }
    }
    assertThat(shown).isEqualTo(4);
    assertThat(IngestRun.recordsOf(topic)).hasSize(4);
  }

  private static boolean hasCurl() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "curl")));
  }

  private String output(String command, String token) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", command);
    builder.environment().put("TOKEN", token);
    builder.directory(folder.toFile());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.strip();
  }
}
