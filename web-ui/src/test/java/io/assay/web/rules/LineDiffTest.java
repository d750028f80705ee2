package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.rules.LineDiff.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  private static String numbered(int lines) {
    return IntStream.rangeClosed(1, lines).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  @Test
  void theSameTextsDifferInNothing() {
    assertThat(LineDiff.of("a\nb\n", "a\nb\n")).isEmpty();
    assertThat(LineDiff.of("", "")).isEmpty();
  }

  @Test
  void aChangeStandsAmongThreeLinesOfEachSide() {
    String before = numbered(30);
    List<LineDiff.Line> lines = LineDiff.of(before, before.replace("\n15\n", "\nfifteen\n"));
    assertThat(lines)
        .extracting(
            line -> line.kind() + " " + line.before() + " " + line.after() + " " + line.text())
        .containsExactly(
            "SAME 12 12 12",
            "SAME 13 13 13",
            "SAME 14 14 14",
            "REMOVED 15 0 15",
            "ADDED 0 15 fifteen",
            "SAME 16 16 16",
            "SAME 17 17 17",
            "SAME 18 18 18");
  }

  @Test
  void whatLiesBetweenTwoChangesIsLeftOutAndCounted() {
    String before = numbered(60);
    List<LineDiff.Line> lines =
        LineDiff.of(before, before.replace("\n10\n", "\n").replace("\n50\n", "\n50\n50a\n"));
    assertThat(lines).filteredOn(line -> line.kind() == Kind.SKIPPED).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.kind() == Kind.SAME && line.before() == 50)
        .extracting(LineDiff.Line::after)
        .containsExactly(49);
  }

  /** Old lines that stay and those that go are the old text; likewise the new. */
  @Test
  void bothTextsCanBeReadFromTheDifference() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      List<String> before = new ArrayList<>();
      List<String> after = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String line = Integer.toString(random.nextInt(5));
        if (random.nextInt(5) > 0) {
          before.add(line);
        }
        if (random.nextInt(5) > 0) {
          after.add(line);
        }
      }
      for (LineDiff.Line line : LineDiff.of(text(before), text(after))) {
        if (line.before() > 0) {
          assertThat(before.get(line.before() - 1)).as("seed " + seed).isEqualTo(line.text());
        }
        if (line.after() > 0) {
          assertThat(after.get(line.after() - 1)).as("seed " + seed).isEqualTo(line.text());
        }
      }
      List<LineDiff.Line> lines = LineDiff.of(text(before), text(after));
      long grown =
          LineDiff.count(lines.stream(), Kind.ADDED) - LineDiff.count(lines.stream(), Kind.REMOVED);
      assertThat(grown).as("seed " + seed).isEqualTo(after.size() - before.size());
    }
  }

  @Test
  void textsWithoutACommonLineTakeNoLongTime() {
    String other = numbered(60_000).replace("\n", "x\n");
    List<LineDiff.Line> lines = LineDiff.of(numbered(60_000), other);
    assertThat(LineDiff.count(lines.stream(), Kind.REMOVED)).isEqualTo(60_000);
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
