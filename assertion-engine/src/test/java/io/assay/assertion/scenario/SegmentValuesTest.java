package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests may ask which segment a window is of, whatever cuts it, and though it is private. */
class SegmentValuesTest {
  private static Outcome run(String by, String with) {
    String text =
        """
        stream loans from topic "t" {
          key    applicant string private
          time   at timestamp(millis)
          region enum("north", "south")
          town   string private
          age    int
          score  ratio
          slice  young = age < 30
        }

        assertion high on loans {
          by     %s
          window tumbling 1min
          expect mean(score) < 0.5
        }

        test high "the first and not the second" {
          given  loans every 1s applicant "p" region "north" town "Ely" age 20 score 0.9
          given  loans every 1s applicant "q" region "south" town "Wem" age 40 score 0.1
          given  loans every 1s from 2min applicant "q" region "south" town "Wem" age 40 score 0.1
          expect violation at 1min with %s
        }
        """
            .formatted(by, with);
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("a.assay", text)));
    CheckedRules rules = compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues()));
    Attachments none =
        (source, name) -> {
          throw new NoSuchFileException(name);
        };
    return new RuleTests(rules, none).run(rules.tests().getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "region      | region = \"north\"            | region = \"south\"",
        "town        | town = \"Ely\"                | town = \"Wem\"",
        "key         | key = \"p\"                   | key = \"q\"",
        "age         | age = 20                      | age = 40",
        "young       | young = true                  | young = false",
        "region, age | region = \"north\", age = 20  | region = \"north\", age = 40"
      })
  void aWindowHasTheValuesOfItsSegment(String by, String right, String wrong) {
    assertThat(run(by, right)).isEqualTo(new Outcome.Passed());
    assertThat(run(by, wrong)).isInstanceOf(Outcome.Failed.class);
  }
}
