package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnUsualCommandTest {
  private static final String RULES =
      """
      language 1
      stream oven from topic "oven" {
        key   name   string
        time  at     timestamp(millis)
        heat         double
      }
      assertion hot on oven "an oven is not too hot" {
        expect   heat <= 110.0
        severity 1 + unusual(heat)
      }
      test hot "is graded by what was learned" {
        given  oven every 1s name "o" heat 130.0
        seen   "1"
        expect 1 violations
      }
      """;

  @TempDir Path folder;
  private Path rules;
  private Path past;

  @BeforeEach
  void write() throws IOException {
    rules = Files.writeString(folder.resolve("oven.assay"), RULES);
    var random = new Random(1);
    var lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      lines.append(
          "{\"name\":\"o\",\"at\":%d,\"heat\":%s}\n"
              .formatted(1000L * i, 100 + 5 * random.nextGaussian()));
    }
    past = Files.writeString(folder.resolve("past.jsonl"), lines);
  }

  private CommandLineRun learn(String... more) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("learn", "usual", rules.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void rulesThatAskAreRefusedUntilItIsLearnedAndThenRun() throws IOException {
    CommandLineRun before = CommandLineRun.of("check", rules.toString());
    assertThat(before.status()).isEqualTo(1);
    assertThat(before.out() + before.err())
        .contains("error[A0409]", "./assay learn usual " + rules + " --events PAST.jsonl");

    CommandLineRun run = learn("--events", past.toString());
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("hot: unusual(oven.heat): 1,000 values, 1 % below")
        .contains("written to " + folder.resolve("oven.usual.json"));
    String learned = Files.readString(folder.resolve("oven.usual.json"));
    assertThat(learned)
        .contains("\"learnedFrom\": \"files " + past, "\"events\": \"1000\"", "\"count\": 1000");

    assertThat(CommandLineRun.of("check", rules.toString()).status()).isZero();
    assertThat(CommandLineRun.of("test", rules.toString()).out()).contains("1 passed, 0 failed");
    CommandLineRun graded =
        CommandLineRun.of(
            "backtest", rules.toString(), "--events", past.toString(), "--format", "json");
    assertThat(graded.status()).isZero();
    assertThat(graded.out()).contains("\"severity\":2.");

    assertThat(learn("--events", past.toString()).out()).isEqualTo(run.out());
    assertThat(Files.readString(folder.resolve("oven.usual.json"))).isEqualTo(learned);
  }

  @Test
  void tooFewValuesAreToldAndTeachNothing() {
    CommandLineRun run = learn("--events", past.toString(), "--to", "1970-01-01T00:01:00Z");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("60 values, too few to learn from (100 needed)");
    assertThat(folder.resolve("oven.usual.json")).doesNotExist();
  }

  @Test
  void rulesThatDoNotAskHaveNothingToLearn() throws IOException {
    Files.writeString(rules, RULES.replace("1 + unusual(heat)", "1"));
    CommandLineRun run = learn("--events", past.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no severity asks unusual(x)");
  }
}
