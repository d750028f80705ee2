package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs a second person, and what does not. */
class CriticalChangesTest {
  private static final String ACTIVE =
      """
      language 1
      param T = 3
      stream camera from topic "t" { key vehicle string time at timestamp(millis) seen int }
      assertion few on camera "few" { level critical mode active expect seen < T alert when rate > 5% }
      assertion some on camera "some" { level warning mode active expect seen < 9 }
      """;

  private static CheckedRules rules(String text) {
    Compilation compilation =
        new RuleCompiler().compile(List.of(new SourceFile("a.assay", text)), Map.of());
    return compilation
        .rules()
        .orElseThrow(() -> new IllegalArgumentException(compilation.issues().toString()));
  }

  private static List<String> changes(String before, String after) {
    return CriticalChanges.of(Optional.of(rules(before)), rules(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode active expect seen < T | mode shadow expect seen < T
          mode active expect seen < T | mode draft expect seen < T
          level critical | level warning
          param T = 3 | param T = 4
          rate > 5% | rate > 6%
          seen < T | seen <= T
          assertion few | assertion fewer
          """)
  void anActiveOneIsNotChangedAlone(String old, String now) {
    assertThat(changes(ACTIVE, ACTIVE.replace(old, now))).contains("few");
    assertThat(changes(ACTIVE.replace(old, now), ACTIVE)).contains("few");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seen < 9 | seen < 8
          mode active expect seen < 9 | mode draft expect seen < 9
          level critical mode active | mode active level critical
          language 1 | language 1 # A comment.
          """)
  void layoutAndOthersAreNobodysMatter(String old, String now) {
    assertThat(changes(ACTIVE, ACTIVE.replace(old, now.replace("\\n", "\n")))).isEmpty();
  }

  @Test
  void oneThatIsNotActiveIsChangedAlone() {
    String shadow = ACTIVE.replace("critical mode active", "critical mode shadow");
    assertThat(changes(shadow, shadow.replace("seen < T", "seen < 7 * T"))).isEmpty();
    assertThat(CriticalChanges.of(Optional.empty(), rules(shadow))).isEmpty();
    assertThat(CriticalChanges.of(Optional.empty(), rules(ACTIVE))).containsExactly("few");
  }

  /** Blocks of others may stand before it, and move it. */
  @Test
  void whereItStandsSaysNothing() {
    String moved =
        ACTIVE.replace(
            "assertion few",
            "assertion more on camera \"more\" { mode active expect seen < 99 }\nassertion few");
    assertThat(changes(ACTIVE, moved)).isEmpty();
  }
}
