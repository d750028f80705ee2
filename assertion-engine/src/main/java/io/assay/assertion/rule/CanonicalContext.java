package io.assay.assertion.rule;

import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an assertion looks at beside its own stream, as texts; nothing where it looks at nothing.
 */
final class CanonicalContext {
  private final Reads reads;
  private final List<String> parts = new ArrayList<>();

  private CanonicalContext(Reads reads) {
    this.reads = reads;
  }

  static List<String> of(Context context, Reads reads) {
    var canonical = new CanonicalContext(reads);
    context.join().ifPresent(canonical::join);
    context.windowing().ifPresent(canonical::windowing);
    context.versions().ifPresent(canonical::versions);
    context.releases().ifPresent(canonical::releases);
    context.trigger().ifPresent(t -> canonical.parts.add("when " + t.judgementHash()));
    context
        .truths()
        .forEach(
            t ->
                canonical.parts.add(
                    "truth $%d %s %s %s %d"
                        .formatted(
                            t.local().index(),
                            t.truth().name(),
                            TypeText.of(t.truth().type()),
                            t.truth().topic(),
                            t.truth().withinNanos())));
    return canonical.parts;
  }

  private void join(Context.Join join) {
    parts.add(
        switch (join.how()) {
          case Context.Join.How.Nearest nearest -> "join within " + nearest.nanos();
          case Context.Join.How.AsOf asOf ->
              "join as of %s %d".formatted(CanonicalTerm.of(asOf.time()), asOf.atMostNanos());
        });
    for (Context.Join.Partner partner : join.partners()) {
      parts.add("partner $" + partner.event().index());
      parts.addAll(CanonicalStream.of(partner.stream(), reads.of(partner.stream().name())));
    }
  }

  private void windowing(Windowing windowing) {
    for (Windowing.Segment segment : windowing.segments()) {
      parts.add("by $%d %s".formatted(segment.local().index(), CanonicalTerm.of(segment.value())));
    }
    windowing.leasts().forEach(l -> parts.add("at least %d %s".formatted(l.count(), l.of())));
    windowing.statistics().stream()
        .filter(statistic -> !statistic.toldOnly())
        .forEach(statistic -> parts.add(statistic(statistic)));
    windowing
        .lets()
        .forEach(
            let ->
                parts.add(
                    "let $%d %s".formatted(let.local().index(), CanonicalTerm.of(let.term()))));
    windowing.across().stream()
        .filter(across -> !across.toldOnly())
        .forEach(
            across ->
                parts.add(
                    "across $%d %s %s %s"
                        .formatted(
                            across.local().index(),
                            across.segment(),
                            across.overload(),
                            CanonicalTerm.of(across.each()))));
  }

  private static String statistic(Windowing.Statistic statistic) {
    return "statistic $%d %s".formatted(statistic.local().index(), meaning(statistic));
  }

  /** What it gives, wherever that is put. */
  static String meaning(Windowing.Statistic statistic) {
    return "%s %s %s %s"
        .formatted(
            statistic.overload(),
            terms(statistic.terms()),
            terms(statistic.parameters()),
            statistic.baseline().map(CanonicalContext::baseline).orElse(""));
  }

  private static String baseline(Windowing.Baseline baseline) {
    return switch (baseline) {
      case Windowing.Baseline.Last last -> "last " + last.nanos();
      case Windowing.Baseline.Pinned pinned -> "pinned " + pinned.name();
      case Windowing.Baseline.File file -> "file " + file.path();
      case Windowing.Baseline.Version version -> "version " + version.version();
    };
  }

  private static String terms(List<? extends io.assay.assertion.rule.ir.Term> terms) {
    return terms.stream().map(CanonicalTerm::of).collect(Collectors.joining(", ", "(", ")"));
  }

  private void versions(Context.Versions versions) {
    parts.add(
        "compare %s by %s $%d $%d"
                .formatted(
                    CanonicalTerm.of(versions.version()),
                    CanonicalTerm.of(versions.input()),
                    versions.older().index(),
                    versions.newer().index())
            + versions.within().stream().mapToObj(" within %d"::formatted).findFirst().orElse(""));
  }

  private void releases(Context.Releases releases) {
    parts.add(
        "releases %s with %s at least %s"
            .formatted(
                releases.embeddings().name(),
                releases.pinned().map(name -> "pinned " + name).orElse("previous"),
                releases.leastShared()));
    parts.addAll(
        CanonicalStream.of(
            releases.embeddings().type(),
            releases.embeddings().type().root().fields().stream().map(f -> f.name()).toList()));
    releases
        .measures()
        .forEach(m -> parts.add("measure $%d %s".formatted(m.local().index(), m.measure())));
  }
}
