package io.assay.assertion.rule;

import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ast.Expr;
import io.assay.assertion.rule.ir.DeclaredStream.Truth;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names that an expression may use, the nearest first. Children see what their parent knows.
 */
final class Scope {
  private final @Nullable Scope parent;
  private final Frame frame;
  private final Map<String, Local> locals = new LinkedHashMap<>();
  private final Map<String, Type> offered = new LinkedHashMap<>();
  private final Map<String, Function<Span, Term>> aliases = new HashMap<>();
  private @Nullable Lifting lifting;

  private Scope(@Nullable Scope parent, Frame frame) {
    this.parent = parent;
    this.frame = frame;
  }

  /** Of constants: parameters only. */
  static Scope ofConstants(Map<String, Term.Constant> params) {
    return new Scope(null, new Frame(null, params, Map.of(), Set.of()));
  }

  /** Of an assertion: parameters, and the fields of the events that it judges. */
  static Scope ofStream(
      CheckedStream stream, Map<String, Term.Constant> params, Declarations declared) {
    String name = stream.type().name();
    Set<String> others = new TreeSet<>(declared.streams().keySet());
    others.remove(name);
    return new Scope(null, new Frame(stream, params, declared.slices(name), others));
  }

  /** Of an expression that stands alone. */
  static Scope ofVariables(Map<String, Type> variables) {
    var scope = new Scope(null, new Frame(null, Map.of(), Map.of(), Set.of()));
    variables.forEach(
        (name, type) -> scope.frame.variables.put(name, scope.frame.allocate(name, type)));
    return scope;
  }

  Scope child() {
    return new Scope(this, frame);
  }

  /** A new variable, visible here and below. */
  Local declare(String name, Type type) {
    Local local = frame.allocate(name, type);
    locals.put(name, local);
    return local;
  }

  /** A variable without a name in the text. */
  Local allocate(String name, Type type) {
    return frame.allocate(name, type);
  }

  /** From here on, and below, calls that work on many events are taken out. */
  Scope lifting(Lifting calls) {
    this.lifting = calls;
    return this;
  }

  Optional<Lifting> lifting() {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.lifting != null) {
        return Optional.of(scope.lifting);
      }
    }
    return Optional.empty();
  }

  /** A name that stands for an expression. */
  void alias(String name, Function<Span, Term> term) {
    aliases.put(name, term);
  }

  void forgetAlias(String name) {
    aliases.remove(name);
  }

  Optional<Term> aliased(String name, Span span) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Function<Span, Term> term = scope.aliases.get(name);
      if (term != null) {
        return Optional.of(term.apply(span));
      }
    }
    return Optional.empty();
  }

  /** A name that is given wherever it is asked for. */
  Local give(String name, Type type) {
    return frame.given.computeIfAbsent(name, n -> frame.allocate(n, type));
  }

  /** A name that the kind gives: it becomes a variable when it is first used. */
  void offer(String name, Type type) {
    offered.put(name, type);
  }

  Optional<Local> local(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Local local = scope.locals.get(name);
      if (local != null) {
        return Optional.of(local);
      }
      Type type = scope.offered.get(name);
      if (type != null) {
        return Optional.of(give(name, type));
      }
    }
    return Optional.empty();
  }

  /** What an expression that stands alone is about; the name may have dots. */
  Optional<Local> variable(String name) {
    return Optional.ofNullable(frame.variables.get(name));
  }

  Map<String, Local> variables() {
    return Map.copyOf(frame.variables);
  }

  /** The variables in sight that are so. */
  List<Local> locals(Predicate<Local> wanted) {
    var found = new ArrayList<Local>();
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.locals.values().stream().filter(wanted).forEach(found::add);
    }
    return found;
  }

  /** The streams that an expression may not use, because they are not joined. */
  Set<String> otherStreams() {
    return frame.otherStreams;
  }

  /** What could not be read, and may declare names that are used. */
  UnreadNames unread() {
    return frame.unread;
  }

  SlicesInSight slices() {
    return frame.slices;
  }

  /** What turns out to be true of the events. */
  List<Truth> truths() {
    return stream().map(CheckedStream::truths).orElse(List.of());
  }

  /** Whether a name that was given stands for it. */
  boolean isTruth(String name) {
    return truths().stream().anyMatch(t -> t.name().equals(name))
        || (name.equals("truth") && truths().size() == 1);
  }

  Optional<CheckedStream> stream() {
    return Optional.ofNullable(frame.stream);
  }

  Optional<Local> event() {
    return Optional.ofNullable(frame.event);
  }

  Optional<Term.Constant> param(String name) {
    return Optional.ofNullable(frame.params.get(name));
  }

  /** By name, in the order of their names. */
  Map<String, Term.Constant> calibrations() {
    return new TreeMap<>(stream().map(CheckedStream::calibrations).orElse(Map.of()));
  }

  /** The variables of names that the kind gives and an expression used. */
  List<Local> given() {
    return List.copyOf(frame.given.values());
  }

  int locals() {
    return frame.next;
  }

  /** Every name in sight, for suggestions. */
  Set<String> names() {
    var names = new TreeSet<String>();
    for (Scope scope = this; scope != null; scope = scope.parent) {
      names.addAll(scope.locals.keySet());
      names.addAll(scope.offered.keySet());
    }
    names.addAll(frame.variables.keySet());
    names.addAll(frame.params.keySet());
    names.addAll(frame.slices.names());
    names.addAll(calibrations().keySet());
    stream().ifPresent(s -> s.type().root().fields().forEach(f -> names.add(f.name())));
    names.removeIf(name -> name.startsWith("$"));
    return names;
  }

  /** By how much a field may differ and still agree, where its stream says so. */
  OptionalDouble tolerance(String field) {
    Double declared = frame.stream == null ? null : frame.stream.tolerances().get(field);
    return declared == null ? OptionalDouble.empty() : OptionalDouble.of(declared);
  }

  /** What all scopes of an expression's place share, from the outermost on. */
  private static final class Frame {
    private final @Nullable CheckedStream stream;
    private final @Nullable Local event;
    private final Map<String, Term.Constant> params;
    private final SlicesInSight slices;
    private final UnreadNames unread;
    private final Map<String, Local> given = new LinkedHashMap<>();
    private final Map<String, Local> variables = new LinkedHashMap<>();
    private final Set<String> otherStreams;
    private int next;

    Frame(
        @Nullable CheckedStream stream,
        Map<String, Term.Constant> params,
        Map<String, Expr> slices,
        Set<String> otherStreams) {
      this.stream = stream;
      this.unread = new UnreadNames(stream != null && stream.damaged());
      this.otherStreams = otherStreams;
      // As they are when they are read: copying all of them for each rule would take its time.
      this.params = Collections.unmodifiableMap(params);
      this.slices = new SlicesInSight(slices);
      this.event = stream == null ? null : allocate(stream.type().name(), stream.type().root());
    }

    private Local allocate(String name, Type type) {
      return new Local(name, type, next++);
    }
  }
}
