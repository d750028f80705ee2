package io.assay.assertion.explain;

import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;

/** What an assertion looks at: events, elements, partners, versions, truths. */
final class SubjectSentences {
  private final CheckedAssertion assertion;
  private final WrittenText text;

  SubjectSentences(CheckedAssertion assertion, WrittenText text) {
    this.assertion = assertion;
    this.text = text;
  }

  List<String> sentences() {
    Context context = assertion.context();
    var sentences = new ArrayList<String>();
    sentences.add(context.releases().map(this::releases).orElseGet(this::events));
    context.join().ifPresent(join -> sentences.add(join(join)));
    context.versions().ifPresent(versions -> sentences.add(versions(versions)));
    context
        .trigger()
        .ifPresent(t -> sentences.add("Judges only where '" + t.assertion() + "' is violated."));
    context
        .truths()
        .forEach(
            awaited ->
                sentences.add(
                    "Waits up to %s for the truth '%s' of each event, from topic %s; undecided without."
                        .formatted(
                            Durations.print(awaited.truth().withinNanos()),
                            awaited.truth().name(),
                            awaited.truth().topic())));
    List<String> imputed = imputed();
    if (!imputed.isEmpty()) {
      sentences.add(
          "Asks what the imputer filled in for %s.".formatted(WrittenText.list(imputed, "and")));
    }
    return sentences;
  }

  /** The fields of which something is asked, in the order of their names. */
  private List<String> imputed() {
    String prefix =
        assertion.on().imputed().map(of -> of.provenance().name() + ".").orElse("(none)");
    return assertion.reads().stream()
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()).split("\\.", -1)[0])
        .distinct()
        .sorted()
        .toList();
  }

  private String events() {
    String stream = assertion.on().name();
    var sentence = new StringBuilder("Looks at ");
    String where = assertion.where().map(term -> " where " + text.of(term)).orElse("");
    sentence.append(
        assertion
            .each()
            .map(
                each ->
                    "each %s in %s of every %s event%s%s"
                        .formatted(
                            each.element().name(),
                            text.of(each.list()),
                            stream,
                            where,
                            each.where()
                                .map(
                                    term -> (where.isEmpty() ? " where " : ", if ") + text.of(term))
                                .orElse("")))
            .orElse("every %s event%s".formatted(stream, where)));
    return sentence.append(followed()).append('.').toString();
  }

  private String followed() {
    return assertion
        .identity()
        .map(identity -> " and follows it from event to event by " + by(identity))
        .orElse(
            followsKey()
                ? " and follows its " + assertion.on().key().name() + " from event to event"
                : "");
  }

  private String by(Identity identity) {
    return switch (identity) {
      case Identity.ByValue value -> text.of(value.value());
      case Identity.ByOverlap overlap ->
          "its box %s, the same one where it overlaps by %s or more with where it should be by now%s"
              .formatted(
                  text.of(overlap.area()),
                  BoundText.number(overlap.atLeast()),
                  overlap
                      .coasting()
                      .map(bound -> ", after up to " + BoundText.of(bound) + " unseen")
                      .orElse(""));
    };
  }

  private boolean followsKey() {
    return switch (assertion.kind()) {
      case Kind.Absent ignored -> true;
      case Kind.Present ignored -> true;
      case Kind.Returns ignored -> true;
      case Kind.Transitions ignored -> true;
      case Kind.Consistent ignored -> true;
      case Kind.Change ignored -> true;
      case Kind.Silence ignored -> false;
      case Kind.Match ignored -> false;
      case Kind.Expect ignored -> false;
      case Kind.Schema ignored -> false;
    };
  }

  private String join(Context.Join join) {
    String streams = WrittenText.list(join.partners(), partner -> partner.stream().name());
    String key = assertion.on().key().name();
    String events = join.partners().size() == 1 ? "event" : "event each";
    return switch (join.how()) {
      case Context.Join.How.Nearest near ->
          "With it goes the nearest %s of %s of the same %s, up to %s earlier or later; undecided without."
              .formatted(events, streams, key, Durations.print(near.nanos()));
      case Context.Join.How.AsOf how ->
          "With it goes the latest %s of %s of the same %s not after %s, up to %s older; undecided without."
              .formatted(events, streams, key, asOf(how), Durations.print(how.atMostNanos()));
    };
  }

  private String asOf(Context.Join.How.AsOf how) {
    String time = text.of(how.time());
    return time.isEmpty() || time.startsWith("join") ? "it" : time;
  }

  private String versions(Context.Versions versions) {
    return "Holds two of %s that judged the same %s against each other, as old and new."
        .formatted(text.of(versions.version()), text.of(versions.input()));
  }

  private String releases(Context.Releases releases) {
    String least =
        releases.leastShared() > 0
            ? "; undecided where they share under %s of the items"
                .formatted(BoundText.percent(releases.leastShared()))
            : "";
    return "Looks at each closed release of %s, held against %s%s."
        .formatted(
            releases.embeddings().name(),
            releases.pinned().map(name -> "'" + name + "'").orElse("the one before"),
            least);
  }
}
