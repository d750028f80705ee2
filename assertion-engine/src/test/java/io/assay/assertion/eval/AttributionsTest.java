package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributionsTest {
  private static final String RULES =
      """
      stream loans from topic "t" {
        key k string
        time at timestamp(millis)
        features { income double?  age int? }
        because map<field, double>
      }
      assertion spread on loans { expect top_share(because, 1) < 0.9 }
      assertion age on loans { expect because.age < 0.5 }
      """;

  private static String event(long at, String because) {
    return "{\"k\":\"a\",\"at\":%d,\"features\":{},\"because\":%s}".formatted(at, because);
  }

  @Test
  void attributionsAreJudgedByTheirShares() {
    Trial trial =
        Trial.of(RULES)
            .judge(
                event(0, "{\"income\":0.95,\"age\":-0.05}"), event(1, "{\"income\":1,\"age\":1}"));
    assertThat(trial.found("spread")).hasSize(1);
    assertThat(trial.found("age")).hasSize(1);
    assertThat(trial.found("schema")).isEmpty();
  }

  @Test
  void aKeyThatIsNoFeatureIsAWrongValue() {
    Trial trial = Trial.of(RULES).judge(event(0, "{\"incme\":0.95,\"age\":0.05}"));
    assertThat(trial.found("schema"))
        .extracting(Violation::sentence)
        .containsExactly("because needs keys that are names of features, came \"incme\"");
    assertThat(trial.count("spread", Tally.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void notANumberIsAWrongValue() {
    Trial trial = Trial.of(RULES).judge(event(0, "{\"income\":\"NaN\"}"));
    assertThat(trial.found("schema")).hasSize(1);
    assertThat(trial.count("spread", Tally.UNDECIDED)).isEqualTo(1);
  }

  @Test
  void aKeyThatIsNoFeatureIsToldByTheChecker() {
    for (String read :
        List.of("because.incme", "because[\"incme\"]", "(has(because.incme) ? 0.1 : 0.2)")) {
      assertThat(issues(RULES + "assertion wrong on loans { expect %s < 0.5 }".formatted(read)))
          .extracting(i -> i.message() + "; " + i.suggestion().orElse(""))
          .containsExactly(
              "the map has no key 'incme'; it can have income, age; did you mean 'income'?");
    }
  }

  @Test
  void aStreamOfOutputsExplainsTheFeaturesOfAnother() {
    String rules =
        """
        stream features from topic "f" {
          key k string  time at timestamp(millis)
          features { income double?  age int? }
        }
        stream loans from topic "t" {
          key k string  time at timestamp(millis)
          risk double
          because map<field, double>
        }
        assertion a on loans { expect because.income < 0.5 }
        assertion b on features { expect features.age > 0 }
        """;
    assertThat(issues(rules)).isEmpty();
    assertThat(issues(rules + "assertion c on loans { expect because.risk < 0.5 }")).hasSize(1);
  }

  @Test
  void theKeysOfAMapAreTexts() {
    assertThat(issues(RULES.replace("map<field, double>", "map<int, double>")))
        .extracting(Issue::message)
        .contains("the keys of a map come as texts, not as an int");
  }

  private static List<Issue> issues(String rules) {
    return new RuleCompiler().compile(List.of(new SourceFile("test.assay", rules))).issues();
  }
}
