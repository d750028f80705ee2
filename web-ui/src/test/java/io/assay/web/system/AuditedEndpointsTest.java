package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/**
 * What each endpoint that changes something writes into the record of changes. One that is not
 * listed here fails: whoever adds one says what it writes, or why nothing.
 */
class AuditedEndpointsTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** By the end of the path behind the project; the same for pages and programs. */
  private static final Map<String, String> WRITES =
      Map.ofEntries(
          Map.entry("violations/{day}/{id}/verdict", "label.given"),
          Map.entry("dead-letters/replay", "aside.replayed"),
          Map.entry("dead-letters/{position}/replay", "aside.replayed"),
          Map.entry("review/rounds", "round.opened"),
          Map.entry("review/rounds/{number}/close", "round.closed"),
          Map.entry("review/rounds/{number}/trained", "round.trained"),
          Map.entry("review/items/{id}", "label.given"),
          Map.entry("review/items/{id}/verdict", "label.given"),
          Map.entry("review/items/{id}/undo", "label.undone"),
          Map.entry("review/items/{id}/settle", "label.settled"),
          Map.entry("review/items/{id}/gold", "label.gold"),
          Map.entry("review/items/{id}/needed", "label.needed"),
          Map.entry("review/guidelines/{assertion}", "guideline.changed"),
          Map.entry("rounds", "round.opened"),
          Map.entry("rounds/{number}/close", "round.closed"),
          Map.entry("rounds/{number}/trained", "round.trained"),
          Map.entry("rules", "rules.published"),
          Map.entry("rules/edit", "rules.published"),
          Map.entry("rules/file", "rules.published"),
          Map.entry("rules/home", "rules.published"),
          Map.entry("rules/mode", "rules.published"),
          Map.entry("rules/proposals/{proposal}/approve", "rules.approved"),
          Map.entry("rules/proposals/{proposal}/decline", "rules.declined"),
          Map.entry("rules/proposals/{proposal}/withdraw", "rules.withdrawn"),
          Map.entry("start/stream", "rules.published"),
          Map.entry("start/rule", "rules.published"),
          Map.entry("streams", "rules.published"),
          Map.entry("streams/{stream}/rules", "rules.published"),
          Map.entry("rules/{generation}/restore", "rules.published"),
          Map.entry("stability/{name}/{release}/accept", "release.accepted"),
          Map.entry("embeddings/{name}/releases/{release}/accept", "release.accepted"),
          Map.entry("imputation/{stream}/versions/{version}/promote", "imputer.promoted"),
          Map.entry("imputers/{stream}/versions/{version}/promote", "imputer.promoted"),
          Map.entry("imputation/{stream}/release", "imputer.released"),
          Map.entry("imputers/{stream}/release", "imputer.released"),
          Map.entry("alerts/{fingerprint}/acknowledge", "alert.acknowledged"),
          Map.entry("alerts/silences", "silence.created"),
          Map.entry("alerts/silences/{silence}/end", "silence.ended"),
          Map.entry("alerts/deliveries/test", "alert.tested"),
          Map.entry("alerts/test", "alert.tested"),
          Map.entry("alerts/deliveries/{notice}/{target}/retry", "alert.retried"),
          Map.entry("members", "member.added"),
          Map.entry("members/{name}/role", "member.role"),
          Map.entry("members/{name}/password", "account.password-reset"),
          Map.entry("members/{name}/remove", "member.removed"),
          Map.entry("members/{name}", "member.removed"),
          Map.entry("projects", "project.created"),
          Map.entry("projects/rename", "project.renamed"),
          Map.entry("title", "project.renamed"),
          Map.entry("projects/close", "project.closed"),
          Map.entry("close", "project.closed"),
          Map.entry("projects/open", "project.opened"),
          Map.entry("open", "project.opened"),
          Map.entry("erasure", "erasure.asked"),
          Map.entry("erasures", "erasure.asked"),
          Map.entry("retention", "retention.changed"),
          Map.entry("retention/{kind}", "retention.changed"),
          Map.entry("tokens", "token.created"),
          Map.entry("tokens/{token}/revoke", "token.revoked"),
          Map.entry("tokens/{token}", "token.revoked"),
          Map.entry("label-studio", "samples.exported"),
          Map.entry("labels/label-studio", "samples.exported"),
          Map.entry("exports", "samples.exported"),
          Map.entry("labels/exports", "samples.exported"),
          Map.entry("deliveries/{delivery}/retry", "delivery.retried"));

  /** These change nothing of a project's settings or of what people said, and why not. */
  private static final Map<String, String> NOTHING =
      Map.ofEntries(
          Map.entry(
              "events/{stream}", "events come by the thousand; the token that sent them is noted"),
          Map.entry("labels", "labels are rows with who said them"),
          Map.entry("labels/label-studio", "labels are rows with who said them"),
          Map.entry("review/next", "who looks at what is over within minutes"),
          Map.entry("review/items/{id}/skip", "who looks at what is over within minutes"),
          Map.entry("imputation/{stream}/try", "it only computes"),
          Map.entry("impute", "it only computes"),
          Map.entry("exports/{export}/cancel", "what was asked for is noted"),
          Map.entry("labels/exports/{export}/cancel", "what was asked for is noted"),
          Map.entry("backtests", "it only computes, and is a row with who asked"),
          Map.entry("backtests/{id}", "it only computes"),
          Map.entry("backtests/{id}/cancel", "it only computes"),
          Map.entry("backtests/{id}/again", "it only computes, and is a row with who asked"),
          Map.entry("streams/check", "it only computes"),
          Map.entry("streams/{stream}/rules/try", "it only computes"),
          Map.entry("sweeps", "it only computes, and is a row with who asked"),
          Map.entry("sweeps/{id}", "it only computes"),
          Map.entry("sweeps/{id}/cancel", "it only computes"),
          Map.entry("assertions/{name}/sweeps", "it only computes, and is a row with who asked"),
          Map.entry("rules/check", "it only computes"),
          Map.entry("rules/patch", "it only computes"),
          Map.entry("rules/complete", "it only computes"),
          Map.entry("rules/explain", "it only computes"),
          Map.entry("rules/format", "it only computes"),
          Map.entry("rules/test", "it only computes"));

  private static Stream<AccessRule> changing() {
    return AccessRules.ALL.stream()
        .filter(rule -> !rule.method().equals(HttpMethod.GET))
        .filter(rule -> rule.pattern().contains("{project}"));
  }

  private static String end(AccessRule rule) {
    return rule.pattern().substring(rule.pattern().indexOf("{project}") + "{project}/".length());
  }

  @Test
  void everyChangingEndpointIsListed() {
    Set<String> unlisted =
        changing()
            .map(AuditedEndpointsTest::end)
            .filter(end -> !WRITES.containsKey(end) && !NOTHING.containsKey(end))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unlisted).as("endpoints of which nobody said what they write").isEmpty();
    Set<String> ends = changing().map(AuditedEndpointsTest::end).collect(Collectors.toSet());
    assertThat(ends).containsAll(WRITES.keySet());
  }

  @Test
  void everyActionIsWrittenAndHasAName() throws IOException {
    String sources;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> java = files.filter(path -> path.toString().endsWith(".java")).toList();
      var all = new StringBuilder();
      for (Path file : java) {
        all.append(Files.readString(file));
      }
      sources = all.toString();
    }
    Properties names = names();
    for (String action : new TreeSet<>(WRITES.values())) {
      boolean written =
          sources.contains('"' + action + '"')
              // How something was replayed is a word of its own.
              || (action.startsWith("aside.") && sources.contains("\"aside.\" +"));
      assertThat(written).as(action).isTrue();
      assertThat(names.getProperty("action." + action)).as(action).isNotBlank();
    }
  }

  private static Properties names() {
    var names = new Properties();
    try (InputStream from =
        Objects.requireNonNull(
            AuditedEndpointsTest.class.getResourceAsStream("/messages.properties"))) {
      names.load(from);
      return names;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
