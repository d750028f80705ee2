package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.alert.AlertPhase;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.selection.Arm;
import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.RateChange;
import io.assay.assertion.weaklabel.VoteEstimates;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.StabilityRecord;
import io.assay.web.access.Change;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenRow;
import io.assay.web.alerts.Notice;
import io.assay.web.assertions.Health;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern NOTED = Pattern.compile("\\baudit\\s*\\.note\\([^;]*;");
  private static final Pattern ACTION = Pattern.compile("\"([a-z]+\\.[a-z-]+)\"");
  private static final Pattern KEY =
      Pattern.compile("(?:#\\{|#messages[.]msg\\(')([a-z][A-Za-z0-9.-]*)[(}']");
  private static final Pattern FAMILY =
      Pattern.compile("(?:#\\{\\||#messages[.]msgOrNull\\(')([a-z.]+\\.)[$']");

  private final Properties texts = texts();

  @Test
  void everyKeyOfATemplateHasAText() {
    Set<String> missing = found(KEY);
    missing.removeAll(texts.stringPropertyNames());
    assertThat(missing).isEmpty();
    assertThat(found(KEY)).hasSizeGreaterThan(80);
  }

  @Test
  void everyFamilyOfKeysIsWhole() {
    assertKeys("level.", Arrays.stream(Level.values()).map(Enum::name));
    assertKeys("role.name.", Arrays.stream(Role.values()).map(Enum::name));
    assertKeys("members.refused.", Arrays.stream(Change.Reason.values()).map(Enum::name));
    assertKeys("range.", Stream.of("1h", "6h", "24h", "7d", "30d"));
    assertKeys("range.step.", Stream.of("1h", "6h", "24h", "7d", "30d"));
    assertKeys("range.trend.", Stream.of("1h", "6h", "24h", "7d", "30d"));
    assertKeys("range.rate.", Stream.of("1h", "6h", "24h", "7d", "30d"));
    assertKeys("mode.", Arrays.stream(Mode.values()).map(Enum::name));
    assertKeys("unit.of.", Arrays.stream(Consequences.Unit.values()).map(Enum::name));
    assertKeys("health.", Arrays.stream(Health.values()).map(Enum::name));
    assertKeys("proof.", Arrays.stream(RateChange.Outcome.values()).map(Enum::name));
    assertKeys("mark.", Stream.of("model", "rules", "firing", "resolved"));
    assertKeys("slices.by.", Stream.of("expectation", "slice", "segment", "version", "hour"));
    assertKeys(
        "assertions.sort.",
        Stream.of("attention", "name", "rate", "violations", "precision", "last", "owner"));
    assertKeys(
        "funnel.",
        Stream.of(
            "fires",
            "holds",
            "undecided",
            "waits",
            "filtered",
            "silent",
            "failing",
            "suspended",
            "draft",
            "gone"));
    assertKeys(
        "funnel.stage.", Stream.of("seen", "passed", "judged", "undecided", "held", "violated"));
    assertKeys("overview.card.before.", Stream.of("1h", "6h", "24h", "7d", "30d"));
    assertKeys("role.", Stream.of("before", "gap", "after", "life", "at", "partner", "around"));
    assertKeys("review.status.", Stream.of("OPEN", "AGREED", "DISPUTED", "SETTLED"));
    assertKeys("rules.mode.", Arrays.stream(Mode.values()).map(Enum::name));
    assertKeys("rules.decided.", Stream.of("APPROVED", "DECLINED", "WITHDRAWN"));
    assertKeys("rules.proposal.state.", Stream.of("APPROVED", "DECLINED", "WITHDRAWN"));
    Stream<String> beyond = Stream.of("NOWHERE", "DISTRIBUTIONS", "TRUTH", "RELEASE");
    assertKeys("violation.noframes.", beyond);
    assertKeys("rounds.state.", Stream.of("OPEN", "CLOSED", "OVER"));
    assertKeys("rounds.outcome.", Stream.of("fell", "rose", "not-told"));
    assertKeys("review.answer.", Stream.of("ACCEPTED", "EDITED", "REJECTED"));
    assertKeys("review.finding.", Stream.of("error", "no-error", "unclear"));
    assertKeys(
        "nav.",
        Stream.of(
            "overview",
            "assertions",
            "violations",
            "alerts",
            "review",
            "labels",
            "rules",
            "stability",
            "distributions",
            "truth",
            "imputation",
            "dead-letters",
            "pipeline"));
    assertKeys(
        "pipeline.work.",
        Stream.of(
            "JUDGES",
            "MERGES_WINDOWS",
            "JOINS_TRUTH",
            "PAIRS_SERVED",
            "COMPARES_EMBEDDINGS",
            "ARCHIVES",
            "TRAINS",
            "STORES"));
    assertKeys(
        "alerts.shelf.", Stream.of("firing", "pending", "silenced", "acknowledged", "resolved"));
    assertKeys("alerts.hint.", Stream.of("firing", "pending", "silenced", "acknowledged"));
    assertKeys("alerts.done.", Stream.of("acknowledged", "silenced", "ended"));
    assertKeys("alerts.phase.", Arrays.stream(AlertPhase.values()).map(Enum::name));
    assertKeys("pipeline.part.", Stream.of("memory", "events", "others"));
    assertKeys("stability.name.", Stream.of("eis", "neighbours", "displacement", "pip", "overlap"));
    assertKeys(
        "rounds.arm.",
        Arrays.stream(Arm.values())
            .map(arm -> arm.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    assertKeys("stability.says.", Stream.of("eis", "neighbours", "displacement", "pip", "overlap"));
    assertKeys("stability.status.", Arrays.stream(ReleaseStatus.values()).map(Enum::name));
    assertKeys(
        "stability.outcome.", Arrays.stream(StabilityRecord.Outcome.values()).map(Enum::name));
    Stream.of("lead.", "empty.", "list.")
        .forEach(of -> assertKeys("figures." + of, Stream.of("distributions", "truth")));
    Stream.of("of.", "says.")
        .forEach(
            of ->
                assertKeys(
                    "figures." + of,
                    Stream.of(
                        "psi",
                        "js",
                        "ks",
                        "ks_p",
                        "chi_squared",
                        "chi_squared_p",
                        "missing",
                        "precision",
                        "recall",
                        "accuracy",
                        "auc",
                        "calibration_error")));
    assertKeys("deliveries.status.", Stream.of("pending", "delivered", "dead", "superseded"));
    assertKeys(
        "deliveries.reason.",
        Arrays.stream(Notice.Reason.values()).map(one -> one.name().toLowerCase(Locale.ROOT)));
    assertKeys(
        "review.lack.",
        Arrays.stream(VoteEstimates.Lack.values())
            .map(lack -> lack.name().toLowerCase(Locale.ROOT)));
    assertKeys("labels.state.", Stream.of("running", "done", "failed", "cancelled"));
    assertKeys("labels.done.", Stream.of("started", "cancelled", "over", "made"));
    assertKeys("labels.format.", Stream.of("label-studio", "coco", "cvat", "json-lines", "csv"));
    assertKeys("tokens.state.", Arrays.stream(TokenRow.State.values()).map(Enum::name));
    assertKeys("tokens.scope.", Arrays.stream(Scope.values()).map(Enum::name));
    assertKeys("rules.home.", Arrays.stream(RuleHome.values()).map(Enum::name));
    assertKeys("rules.state.", Stream.of("ACTIVE", "SHADOW", "DRAFT", "SUSPENDED", "ERROR"));
    assertKeys("login.", Stream.of("failed", "throttled", "ended", "out"));
    assertKeys(
        "error.",
        Stream.of("400", "401", "403", "404", "405", "500", "503")
            .flatMap(status -> Stream.of(status + ".title", status + ".text")));
    assertKeys(
        "change.word.",
        Stream.concat(
            Stream.<Enum<?>[]>of(Role.values(), Finding.values(), RuleHome.values())
                .flatMap(Arrays::stream)
                .map(Enum::name),
            Stream.of("ACCEPTED", "EDITED", "REJECTED")));
    assertKeys(
        "aside.cause.",
        Stream.of(
            "broken-json",
            "no-key",
            "no-time",
            "no-id",
            "no-version",
            "broken-cloudevent",
            "broken-payload",
            "broken-vector",
            "broken-marker",
            "too-large",
            "unpaired",
            "judge-failed",
            "join-failed",
            "serving-failed",
            "late",
            "future"));
    assertKeys("action.", Stream.of("aside.rejudged", "aside.replayed"));
  }

  @Test
  void everyActionThatIsNotedHasAName() throws IOException {
    Set<String> noted = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        NOTED
            .matcher(Files.readString(source))
            .results()
            .flatMap(call -> ACTION.matcher(call.group()).results())
            .forEach(action -> noted.add("action." + action.group(1)));
      }
    }
    assertThat(noted).hasSizeGreaterThan(15);
    noted.removeAll(texts.stringPropertyNames());
    assertThat(noted).isEmpty();
  }

  @Test
  void noTextIsLeftOver() {
    Set<String> unused = new TreeSet<>(texts.stringPropertyNames());
    unused.removeAll(found(KEY));
    Set<String> families = found(FAMILY);
    // Their keys are put together in Java.
    families.addAll(List.of("login.", "error.", "change.word."));
    unused.removeIf(key -> families.stream().anyMatch(key::startsWith));
    assertThat(unused).isEmpty();
  }

  @Test
  void everyTextIsAPattern() {
    for (String key : texts.stringPropertyNames()) {
      String text = Objects.requireNonNull(texts.getProperty(key));
      assertThat(new MessageFormat(text).format(new Object[] {1, 2, 3})).as(key).isNotBlank();
      assertThat(text.replace("''", ""))
          .as("an apostrophe is written twice: " + key)
          .doesNotContain("'");
    }
  }

  private void assertKeys(String prefix, Stream<String> endings) {
    assertThat(texts.stringPropertyNames()).containsAll(endings.map(prefix::concat).toList());
  }

  private static Set<String> found(Pattern pattern) {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> templates = Files.list(TEMPLATES)) {
      for (Path template : templates.toList()) {
        pattern
            .matcher(Files.readString(template))
            .results()
            .forEach(match -> keys.add(match.group(1)));
      }
      return keys;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Properties texts() {
    var texts = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(MessagesTest.class.getResourceAsStream("/messages.properties")),
            StandardCharsets.UTF_8)) {
      texts.load(reader);
      return texts;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
