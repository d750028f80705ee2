package io.assay.assertion.eval.term;

import static io.assay.assertion.eval.term.Evaluated.issue;
import static io.assay.assertion.eval.term.Evaluated.reason;
import static io.assay.assertion.eval.term.Evaluated.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextPartsTest {
  @Test
  void splitsAtEverySeparator() {
    assertThat(value("\"a,b,,c\".split(\",\")")).isEqualTo(List.of("a", "b", "", "c"));
    assertThat(value("\"a\".split(\",\")")).isEqualTo(List.of("a"));
    assertThat(value("\"\".split(\",\")")).isEqualTo(List.of(""));
    assertThat(value("\",\".split(\",\")")).isEqualTo(List.of("", ""));
  }

  @Test
  void splitsIntoSoManyPartsAtMost() {
    assertThat(value("\"a,b,c\".split(\",\", 2)")).isEqualTo(List.of("a", "b,c"));
    assertThat(value("\"a,b\".split(\",\", 1)")).isEqualTo(List.of("a,b"));
    assertThat(value("\"a,b\".split(\",\", 0)")).isEqualTo(List.of());
    assertThat(value("\"a,b\".split(\",\", -1)")).isEqualTo(List.of("a", "b"));
  }

  @Test
  void splitsIntoCharactersAndNeverHalvesOne() {
    assertThat(value("\"a🚗b\".split(\"\")")).isEqualTo(List.of("a", "🚗", "b"));
    assertThat(value("\"a🚗b\".split(\"\", 2)")).isEqualTo(List.of("a", "🚗b"));
    assertThat(value("\"\".split(\"\")")).isEqualTo(List.of());
  }

  @Test
  void joinsWhatWasSplit() {
    assertThat(value("\"a-b\".split(\"-\").join(\"+\")")).isEqualTo("a+b");
    assertThat(value("[\"a\", \"b\"].join()")).isEqualTo("ab");
    assertThat(value("[\"a\"].filter(s, s == \"b\").join(\", \")")).isEqualTo("");
    assertThat(issue("[1].join()"))
        .isEqualTo("join takes (list<string>) or (list<string>, string), got (list<int>)");
  }

  @Test
  void replacesFromTheLeft() {
    assertThat(value("\"banana\".replace(\"an\", \"AN\")")).isEqualTo("bANANa");
    assertThat(value("\"banana\".replace(\"an\", \"\", 1)")).isEqualTo("bana");
    assertThat(value("\"banana\".replace(\"an\", \"x\", 0)")).isEqualTo("banana");
    assertThat(value("\"aaa\".replace(\"aa\", \"b\", -1)")).isEqualTo("ba");
    assertThat(value("\"a🚗\".replace(\"\", \"-\")")).isEqualTo("-a-🚗-");
    assertThat(value("\"ab\".replace(\"\", \"-\", 2)")).isEqualTo("-a-b");
  }

  @Test
  void countsCharactersNotTheirHalves() {
    assertThat(value("\"🚗🚙x\".indexOf(\"x\")")).isEqualTo(2L);
    assertThat(value("\"🚗x🚙x\".lastIndexOf(\"x\")")).isEqualTo(3L);
    assertThat(value("\"a\".indexOf(\"b\")")).isEqualTo(-1L);
    assertThat(value("\"a\".lastIndexOf(\"b\")")).isEqualTo(-1L);
    assertThat(value("\"🚗🚙x\".substring(1)")).isEqualTo("🚙x");
    assertThat(value("\"🚗🚙x\".substring(1, 2)")).isEqualTo("🚙");
    assertThat(value("\"🚗🚙x\".charAt(1)")).isEqualTo("🚙");
    assertThat(value("\"🚗\".charAt(1)")).isEqualTo("");
    assertThat(value("\"a🚗\".reverse()")).isEqualTo("🚗a");
  }

  @Test
  void aPlaceOutsideTheTextHasNoValue() {
    assertThat(reason("\"🚗\".substring(2)")).isEqualTo("character 2 is outside a text of 1");
    assertThat(reason("\"ab\".substring(-1)")).isEqualTo("character -1 is outside a text of 2");
    assertThat(reason("\"ab\".substring(2, 1)"))
        .isEqualTo("a part from 2 to 1 ends before it begins");
    assertThat(reason("\"ab\".charAt(3)")).isEqualTo("character 3 is outside a text of 2");
  }

  @Test
  void caseAndWhiteSpaceAreUnicodes() {
    assertThat(value("upper(\"straße\")")).isEqualTo("STRASSE");
    assertThat(value("\"ÄÖ\".lower()")).isEqualTo("äö");
    assertThat(value("\"\u2003a \\t\".trim()")).isEqualTo("a");
    assertThat(value("\"🚗a\".startsWith(\"🚗\")")).isEqualTo(true);
  }
}
