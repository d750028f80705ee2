package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.Nearness;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.RandomBoxes;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking only of pairs that lie near each other gives what asking of all pairs gives. */
class PairsByPlaceTest {
  private static final int ROUNDS = 60;

  private static CheckedAssertion rule(String condition) {
    String rules =
        """
        language 1
        stream s from topic "t" {
          key v string
          time at timestamp(millis)
          xs list { area rect? near cuboid? label string? }
          ys list { area rect? near cuboid? label string? }
        }
        assertion a on s {
          let piles = clusters(s.xs, a, b, %1$s)
          match a in s.xs, b in s.ys where %1$s
          unmatched a
          severity size(piles)
        }
        """
            .formatted(condition);
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("t.assay", rules)));
    return compiled
        .rules()
        .orElseThrow(() -> new AssertionError(compiled.issues()))
        .assertions()
        .getFirst();
  }

  /** The same condition, but not one of which anything is known. */
  private static Term opaque(Term condition) {
    Term no = new Term.Constant(false, Type.Basic.BOOL, condition.span());
    return new Term.Junction(false, condition, no, condition.span());
  }

  private static List<Row> rows(CheckedAssertion rule, String name, RandomBoxes random, int wrong) {
    StructType.Field list = rule.on().root().field(name).orElseThrow();
    StructType type = (StructType) ((Type.ListOf) list.type()).element();
    List<Row> rows = new ArrayList<>();
    for (int i = random.size(); i > 0; i--) {
      Row row = new Row(type);
      set(row, "area", random.oneIn(wrong), random.rect());
      set(row, "near", random.oneIn(wrong), random.cuboid());
      set(row, "label", random.oneIn(wrong), random.oneIn(2) ? "car" : "van");
      rows.add(row);
    }
    return rows;
  }

  private static void set(Row row, String name, boolean missing, Object value) {
    if (!missing) {
      row.setReference(row.type().field(name).orElseThrow(), value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iou(a.area, b.area) >= 0.3",
        "iou(b.area, a.area) > 0 && a.label == b.label",
        "a.label == b.label && 0.1 <= overlap(a.area, b.area)",
        "(iou(a.area, b.area) in 0.2 .. 1.0) && a.label != 'van'",
        "0 < iou(a.area, b.area) && 1 / (size(a.label) - 3) == 0",
        "distance(a.area, b.area) <= 20px && a.label == b.label",
        "distance(a.area, b.area) <= 0px",
        "20 > distance(center(a.area), center(b.area))",
        "distance(a.near, b.near) < 2metres",
        "iou(rect(a.area.x + 9.0, a.area.y, 20.0, 20.0), b.area) > 0.01"
      })
  void isTheSameForBoxesOfEveryKind(String condition) {
    compare(rule(condition), true);
  }

  /** Where nothing follows for where the two lie, all pairs are asked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "iou(a.area, b.area) >= 0.0",
        "iou(a.area, b.area) < 0.5",
        "iou(a.area, b.area) > 0 || a.label == b.label",
        "!(iou(a.area, b.area) > 0)",
        "distance(a.area, b.area) >= 20px",
        "iou(a.area, a.area) > 0.5",
        "iou(a.area, rect(0.0, 0.0, 50.0, 50.0)) > 0.5"
      })
  void asksAllWhereItMust(String condition) {
    compare(rule(condition), false);
  }

  private static void compare(CheckedAssertion rule, boolean byPlace) {
    var terms = new TermCompiler(Optional.empty());
    var frame = new Frame(rule.locals());
    var random = new RandomBoxes(rule.locals());
    Kind.Match kind = (Kind.Match) rule.kind();
    Kind.Pairing pairing = kind.pairings().getFirst();
    Local left = kind.sides().get(pairing.left()).element();
    Local right = kind.sides().get(pairing.right()).element();
    Nearness near = Nearness.of(terms, pairing.where(), left, right);
    Nearness all = Nearness.of(terms, opaque(pairing.where()), left, right);
    Term.Clusters piles = (Term.Clusters) rule.lets().getFirst().term();
    int apart = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Row> lefts = rows(rule, "xs", random, round % 2 == 0 ? 30 : 1000);
      List<Row> rights = rows(rule, "ys", random, round % 3 == 0 ? 30 : 1000);
      Pairs found = pairs(pairing, terms, near, frame, left, lefts, right, rights);
      Pairs wanted = pairs(pairing, terms, all, frame, left, lefts, right, rights);
      assertSame(found, wanted, rights.size());
      assertSame(found.oneToOne(), wanted.oneToOne(), rights.size());
      Row event = new Row(rule.on().root());
      event.setReference(rule.on().root().field("xs").orElseThrow(), lefts);
      frame.setReference(rule.event(), event);
      assertThat(piles(terms, frame, piles)).isEqualTo(piles(terms, frame, opaque(piles)));
      apart += near.among(frame, rights, lefts.size()).isSorted() ? 1 : 0;
      assertThat(all.among(frame, rights, lefts.size()).isSorted()).isFalse();
    }
    assertThat(apart > 0).isEqualTo(byPlace);
  }

  private static Pairs pairs(
      Kind.Pairing pairing,
      TermCompiler terms,
      Nearness near,
      Frame frame,
      Local left,
      List<Row> lefts,
      Local right,
      List<Row> rights) {
    return Pairs.of(pairing, terms.bool(pairing.where()), near, frame, left, lefts, right, rights);
  }

  private static void assertSame(Pairs found, Pairs wanted, int rights) {
    for (int i = 0; i < wanted.lefts(); i++) {
      assertThat(found.rightsOf(i)).isEqualTo(wanted.rightsOf(i));
      assertThat(found.isDoubtful(0, i)).isEqualTo(wanted.isDoubtful(0, i));
    }
    for (int j = 0; j < rights; j++) {
      assertThat(found.isMatched(1, j)).isEqualTo(wanted.isMatched(1, j));
      assertThat(found.isDoubtful(1, j)).isEqualTo(wanted.isDoubtful(1, j));
    }
  }

  private static Term opaque(Term.Clusters piles) {
    return new Term.Clusters(
        piles.range(), piles.a(), piles.b(), opaque(piles.related()), piles.type(), piles.span());
  }

  /** Rows compare by identity. Where there are no piles, why. */
  private static Object piles(TermCompiler terms, Frame frame, Term piles) {
    try {
      return terms.value(piles).value(frame);
    } catch (NoValue e) {
      return e.reason();
    }
  }
}
