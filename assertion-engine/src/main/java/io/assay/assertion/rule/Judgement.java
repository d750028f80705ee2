package io.assay.assertion.rule;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion.Let;
import io.assay.assertion.rule.ir.Each;
import io.assay.assertion.rule.ir.Identity;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What decides the verdicts of an assertion, and its hash: what it reads and how that is found,
 * kind, expressions with parameters set, bounds, identity. Sentences, levels, modes and owners are
 * no part of it, nor are names of variables.
 */
record Judgement(
    StreamType stream,
    Optional<Each> each,
    Optional<Term> where,
    Optional<Identity> identity,
    List<Let> lets,
    Kind kind,
    Term severity) {
  Judgement {
    lets = List.copyOf(lets);
  }

  /** Changing the form of the canonical text restarts every state there is: count it up then. */
  private static final String FORM = "judgement 1";

  String hash() {
    var parts = new ArrayList<String>();
    parts.add(FORM);
    parts.add(stream.name());
    parts.add(field(stream.key()));
    parts.add(field(stream.time()));
    parts.add(stream.id().map(Judgement::field).orElse(""));
    parts.add(stream.size().map(Object::toString).orElse(""));
    parts.add(Long.toString(stream.latenessNanos()));
    new TreeSet<>(new Reads(this).paths())
        .forEach(path -> parts.add(path + " " + read(stream.root(), path)));
    each.ifPresent(
        e -> {
          parts.add("each " + CanonicalTerm.of(e.list()));
          e.where().ifPresent(w -> parts.add("where " + CanonicalTerm.of(w)));
        });
    where.ifPresent(w -> parts.add("where " + CanonicalTerm.of(w)));
    identity.ifPresent(i -> parts.add("identity " + identity(i)));
    lets.forEach(
        let -> parts.add("let " + let.local().index() + " " + CanonicalTerm.of(let.term())));
    kind(parts);
    parts.add("severity " + CanonicalTerm.of(severity));
    return Sha256.ofTexts(parts);
  }

  private void kind(List<String> parts) {
    switch (kind) {
      case Kind.Absent absent -> parts.add("absent " + bound(absent.lessThan()));
      case Kind.Present present -> parts.add("present " + bound(present.lessThan()));
      case Kind.Expect expect ->
          expect
              .expectations()
              .forEach(
                  e ->
                      parts.add(
                          "expect "
                              + e.name().orElse("")
                              + ": "
                              + CanonicalTerm.of(e.condition())));
      case Kind.Schema ignored -> parts.add("schema");
      case Kind.Returns returns ->
          parts.add(
              "returns %s %s %s"
                  .formatted(
                      CanonicalTerm.of(returns.attribute()),
                      returns.within().map(Judgement::bound).orElse(""),
                      returns.throughEvents()));
      case Kind.Transitions transitions ->
          parts.add(
              "transitions %d %s".formatted(transitions.atMost(), bound(transitions.within())));
      case Kind.Consistent consistent ->
          parts.add(
              "consistent %s %s %s %s"
                  .formatted(
                      CanonicalTerm.of(consistent.attribute()),
                      bound(consistent.within()),
                      consistent.tolerance(),
                      consistent.alike()));
      case Kind.Change change ->
          parts.add(
              "change %s %s %d %s"
                  .formatted(
                      CanonicalTerm.of(change.value()),
                      CanonicalTerm.of(change.limit()),
                      change.perNanos(),
                      change.previous().map(Local::index)));
      case Kind.Silence silence ->
          parts.add("silence %d %s".formatted(silence.atMostNanos(), silence.overStream()));
      case Kind.Match match -> parts.add("match " + match);
    }
  }

  private static String identity(Identity identity) {
    return switch (identity) {
      case Identity.ByValue value -> CanonicalTerm.of(value.value());
      case Identity.ByOverlap overlap ->
          "overlap %s %s %s"
              .formatted(
                  CanonicalTerm.of(overlap.area()),
                  overlap.atLeast(),
                  overlap.coasting().map(Judgement::bound).orElse(""));
    };
  }

  private static String bound(Bound bound) {
    return switch (bound) {
      case Bound.Events events -> events.count() + " events";
      case Bound.Time time -> time.nanos() + " ns";
    };
  }

  /** The declared fields along a path, the outermost first. */
  private static String read(StructType root, String path) {
    var text = new StringBuilder();
    Type type = root;
    for (String name : path.split("\\.", -1)) {
      Optional<StructType.Field> field =
          type instanceof StructType struct ? struct.field(name) : Optional.empty();
      if (field.isEmpty()) {
        break;
      }
      text.append(field(field.get())).append('/');
      type = field.get().type() instanceof Type.ListOf list ? list.element() : field.get().type();
    }
    return text.toString();
  }

  private static String field(StructType.Field field) {
    return "%s %s%s %s %s"
        .formatted(
            field.name(),
            type(field.type()),
            field.optional() ? "?" : "",
            field.source().path(),
            field.source().reading());
  }

  /** The fields of a record are read one by one, each with a path of its own. */
  private static String type(Type type) {
    return switch (type) {
      case Type.EnumOf values -> "enum" + values.values() + values.alike();
      case StructType ignored -> "record";
      case Type.ListOf list -> "list of " + type(list.element());
      case Type.MapOf map -> "map of " + type(map.key()) + " to " + type(map.value());
      case Type.Vector vector -> "vector " + vector.dimension();
      case Type.Basic basic -> basic.name();
    };
  }
}
