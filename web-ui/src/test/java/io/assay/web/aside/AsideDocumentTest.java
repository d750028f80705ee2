package io.assay.web.aside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assay.web.access.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/dead-letters.md shows of curl is what comes, but for times. */
class AsideDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Pattern SHOWN =
      Pattern.compile(
          "^```sh\n(.*?)^```\n\n```json\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String TIME = "20\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z";

  @Test
  void whatIsShownIsWhatComes() throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "curl"))),
        "curl is not installed");
    int shown = 0;
    try (AsideSite site = AsideSite.start(Map.of())) {
      site.letter(
          "default",
          "broken-json",
          "Unexpected end-of-input at byte 22",
          17,
          "{\"camera\": \"c1\", \"at\":");
      site.flush();
      String token = site.secret(Scope.READ, Scope.REPAIR);
      var blocks = SHOWN.matcher(Files.readString(ROOT.resolve("docs/dead-letters.md")));
      while (blocks.find()) {
        String command = blocks.group(1).replace("http://localhost:8080", site.web.address());
        String wanted = blocks.group(2).strip().replace("camera.frames", site.source);
        assertThat(output(command, token).replaceAll(TIME, "TIME"))
            .isEqualTo(wanted.replaceAll(TIME, "TIME"));
        shown++;
      }
    }
    assertThat(shown).isEqualTo(2);
  }

  private static String output(String command, String token)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", command);
    builder.environment().put("TOKEN", token);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.strip();
  }
}
