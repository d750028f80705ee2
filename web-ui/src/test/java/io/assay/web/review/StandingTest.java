package io.assay.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.weaklabel.Finding;
import io.assay.web.review.Standing.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static Standing standing(List<Verdict> verdicts, int needed) {
    return Standing.of(verdicts, needed, Optional.empty());
  }

  @Test
  void whatIsKnownHoldsOnceEnoughHaveLooked() {
    Optional<Finding> known = Optional.of(Finding.ERROR);
    List<Verdict> wrong =
        List.of(said(1, "ann", Finding.NO_ERROR), said(2, "bob", Finding.UNCLEAR));
    assertThat(Standing.of(wrong, 2, known)).isEqualTo(new Standing(Status.SETTLED, known, 2));
    assertThat(Standing.of(wrong, 3, known).status()).isEqualTo(Status.OPEN);
    assertThat(Standing.of(List.of(settled(1, "eve", Finding.UNCLEAR)), 1, known).finding())
        .isEqualTo(known);
  }

  @Test
  void whatOneSaysHoldsWhereOneIsNeeded() {
    assertThat(standing(List.of(), 1)).isEqualTo(new Standing(Status.OPEN, Optional.empty(), 0));
    assertThat(standing(List.of(said(1, "ann", Finding.UNCLEAR)), 1))
        .isEqualTo(new Standing(Status.AGREED, Optional.of(Finding.UNCLEAR), 1));
  }

  @Test
  void twoWhoAreNeededAgreeOrDisagree() {
    Verdict first = said(1, "ann", Finding.ERROR);
    assertThat(standing(List.of(first), 2).status()).isEqualTo(Status.OPEN);
    assertThat(standing(List.of(first, said(2, "bob", Finding.ERROR)), 2))
        .isEqualTo(new Standing(Status.AGREED, Optional.of(Finding.ERROR), 2));
    assertThat(standing(List.of(first, said(2, "bob", Finding.NO_ERROR)), 2))
        .isEqualTo(new Standing(Status.DISPUTED, Optional.empty(), 2));
  }

  @Test
  void whoChangesTheirMindIsCountedOnceAndTheLatestHolds() {
    List<Verdict> verdicts =
        List.of(
            said(3, "ann", Finding.NO_ERROR),
            said(1, "ann", Finding.ERROR),
            said(2, "bob", Finding.NO_ERROR));
    assertThat(standing(verdicts, 2))
        .isEqualTo(new Standing(Status.AGREED, Optional.of(Finding.NO_ERROR), 2));
  }

  @Test
  void oneMoreThanNeededCountsToo() {
    List<Verdict> verdicts =
        List.of(said(1, "ann", Finding.ERROR), said(2, "bob", Finding.NO_ERROR));
    assertThat(standing(verdicts, 1).status()).isEqualTo(Status.DISPUTED);
  }

  @Test
  void whoeverSettlesItHoldsAndWhatIsUndoneDoesNot() {
    List<Verdict> verdicts =
        List.of(
            said(1, "ann", Finding.ERROR),
            undone(said(2, "bob", Finding.NO_ERROR)),
            settled(3, "eve", Finding.UNCLEAR),
            settled(4, "eve", Finding.ERROR));
    assertThat(standing(verdicts, 2))
        .isEqualTo(new Standing(Status.SETTLED, Optional.of(Finding.ERROR), 1));
  }

  private static Verdict said(long id, String reviewer, Finding finding) {
    return new Verdict(
        id,
        "item",
        reviewer,
        NOON.plusSeconds(id),
        finding,
        Optional.empty(),
        Optional.empty(),
        "",
        "",
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static Verdict undone(Verdict said) {
    return copy(said, said.settles(), Optional.of(NOON.plusSeconds(60)));
  }

  private static Verdict settled(long id, String reviewer, Finding finding) {
    return copy(said(id, reviewer, finding), true, Optional.empty());
  }

  private static Verdict copy(Verdict of, boolean settles, Optional<Instant> undone) {
    return new Verdict(
        of.id(),
        of.item(),
        of.reviewer(),
        of.at(),
        of.finding(),
        of.correction(),
        of.edited(),
        of.reason(),
        of.scope(),
        of.knownUntil(),
        settles,
        undone);
  }
}
