package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code unusual(x)} in a severity: a call whose second argument is what was learned of {@code x}.
 *
 * <p>What was learned is no part of the judgement: learning anew changes how bad a violation is,
 * not which one it is, so its id, its state and its reviews stay.
 */
public final class Unusual {
  public static final String FUNCTION = "unusual";

  /** {@code x}, and what was learned of it: {@link Learned#numbers()}. */
  public static final String OVERLOAD = "unusual_double";

  /** {@code x}, and who is told of it: only while there is something to be learned. */
  public static final String OBSERVED = "observe_usual";

  static final Type NUMBERS = new Type.ListOf(Basic.DOUBLE);

  private Unusual() {}

  /**
   * One {@code unusual(x)} of a checked rule.
   *
   * @param of what is asked after: {@code x}
   * @param basis over what: the things that the assertion looks at
   * @param value {@code x}
   */
  public record Site(String assertion, String of, String basis, Term value) {}

  /** Those of an assertion's severity, in their order; the same one once. */
  public static List<Site> sites(CheckedAssertion assertion) {
    String basis = basis(assertion.each(), assertion.where(), assertion.lets(), assertion.kind());
    List<Site> sites = new ArrayList<>();
    Subterms.all(assertion.severity())
        .filter(Unusual::isCall)
        .map(call -> ((Term.Call) call).arguments().getFirst())
        .map(value -> new Site(assertion.name(), of(value), basis, value))
        .filter(site -> sites.stream().noneMatch(known -> known.of().equals(site.of())))
        .forEach(sites::add);
    return sites;
  }

  /** Whether it is {@code unusual(x)}, or stands for it while there is something to be learned. */
  public static boolean isCall(Term term) {
    return term instanceof Term.Call call
        && (call.overload().equals(OVERLOAD) || call.overload().equals(OBSERVED));
  }

  static String of(Term value) {
    return Sha256.ofTexts(List.of("usual 1", CanonicalTerm.of(value))).substring(0, 16);
  }

  static String basis(
      Optional<Each> each, Optional<Term> where, List<CheckedAssertion.Let> lets, Kind kind) {
    List<String> parts = new ArrayList<>();
    parts.add("basis 1");
    each.ifPresent(
        e -> {
          parts.add(CanonicalTerm.of(e.list()));
          e.where().ifPresent(w -> parts.add(CanonicalTerm.of(w)));
        });
    where.ifPresent(w -> parts.add(CanonicalTerm.of(w)));
    lets.forEach(let -> parts.add(CanonicalTerm.of(let.term())));
    // These are learned of all that is judged, whatever it is held against.
    if (!(kind instanceof Kind.Expect) && !(kind instanceof Kind.Change)) {
      parts.addAll(CanonicalKind.of(kind));
    }
    return Sha256.ofTexts(parts).substring(0, 16);
  }
}
