package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What decides the verdicts of an assertion, and its hash: what it reads and how that is found,
 * kind, expressions with parameters set, bounds, identity, partners, windows, trigger. Sentences,
 * corrections, samples, alerts, levels, modes and owners are no part of it, nor are names of
 * variables.
 */
record Judgement(
    StreamType stream,
    Optional<Each> each,
    Optional<Term> where,
    Optional<Identity> identity,
    List<Let> lets,
    Kind kind,
    Term severity,
    Context context) {
  Judgement {
    lets = List.copyOf(lets);
  }

  /** Changing the form of the canonical text restarts every state there is: count it up then. */
  private static final String FORM = "judgement 1";

  String hash() {
    var reads = new Reads(this);
    var parts = new ArrayList<String>();
    parts.add(FORM);
    parts.addAll(CanonicalStream.of(stream, reads.of(stream.name())));
    each.ifPresent(
        e -> {
          parts.add("each " + CanonicalTerm.of(e.list()));
          e.where().ifPresent(w -> parts.add("where " + CanonicalTerm.of(w)));
        });
    where.ifPresent(w -> parts.add("where " + CanonicalTerm.of(w)));
    identity.ifPresent(i -> parts.add("identity " + identity(i)));
    lets.forEach(
        let -> parts.add("let " + let.local().index() + " " + CanonicalTerm.of(let.term())));
    parts.addAll(CanonicalKind.of(kind));
    parts.add("severity " + CanonicalTerm.of(severity));
    parts.addAll(CanonicalContext.of(context, reads));
    return Sha256.ofTexts(parts);
  }

  private static String identity(Identity identity) {
    return switch (identity) {
      case Identity.ByValue value -> CanonicalTerm.of(value.value());
      case Identity.ByOverlap overlap ->
          "overlap %s %s %s"
              .formatted(
                  CanonicalTerm.of(overlap.area()),
                  overlap.atLeast(),
                  overlap.coasting().map(CanonicalKind::bound).orElse(""));
    };
  }
}
