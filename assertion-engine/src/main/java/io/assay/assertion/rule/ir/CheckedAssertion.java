package io.assay.assertion.rule.ir;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One assertion, checked.
 *
 * @param title the sentence behind its name
 * @param on the stream whose events it judges
 * @param event the local that holds the event's row
 * @param each whose elements are judged; none: the event itself
 * @param where of the whole event, without {@code each}
 * @param identity for the kinds that follow things through time
 * @param lets in order, each may use those before
 * @param names the locals that the kind gives to severity, explain and corrections, such as {@code
 *     gap}, {@code events}, {@code before}, {@code after}, {@code lifetime}, {@code severity}; only
 *     those that an expression uses
 * @param locals how many locals the frame has
 * @param severity a number >= 0; the constant 1 where none was written
 * @param explain the sentence; none: one is made from title and kind
 * @param context what it looks at beside the events of its stream
 * @param consequences what follows a violation
 * @param reads the fields that judging needs, as dotted paths within the stream ({@code
 *     boxes.score}); the decoder skips the rest
 * @param judgementHash what state and violation ids hang on: hex SHA-256
 */
public record CheckedAssertion(
    String name,
    Optional<String> title,
    StreamType on,
    Mode mode,
    Level level,
    Local event,
    Optional<Each> each,
    Optional<Term> where,
    Optional<Identity> identity,
    List<Let> lets,
    Kind kind,
    List<Local> names,
    int locals,
    Term severity,
    Optional<Template> explain,
    Context context,
    Consequences consequences,
    Set<String> reads,
    String judgementHash,
    Documentation documentation,
    Span span) {

  public CheckedAssertion {
    lets = List.copyOf(lets);
    names = List.copyOf(names);
    reads = Set.copyOf(reads);
  }

  /** {@code let name = term}. */
  public record Let(Local local, Term term) {}

  /** What people are told and judging does not need. */
  public record Documentation(Optional<String> owner, List<String> tags, Optional<String> runbook) {
    public static final Documentation NONE =
        new Documentation(Optional.empty(), List.of(), Optional.empty());

    public Documentation {
      tags = List.copyOf(tags);
    }
  }

  /** The name of the assertion that every stream has without a rule. */
  public static final String SCHEMA = "schema";

  /**
   * That a stream's values are as it declares them.
   *
   * @param reads all that is declared
   */
  public static CheckedAssertion schema(
      StreamType stream, Set<String> reads, String judgementHash) {
    return new CheckedAssertion(
        SCHEMA,
        Optional.of("values are as the stream declares them"),
        stream,
        Mode.ACTIVE,
        Level.WARNING,
        new Local("event", stream.root(), 0),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new Kind.Schema(),
        List.of(),
        1,
        new Term.Constant(1.0, Type.Basic.DOUBLE, Span.NONE),
        Optional.empty(),
        Context.NONE,
        Consequences.NONE,
        reads,
        judgementHash,
        Documentation.NONE,
        Span.NONE);
  }

  /**
   * The same under another name, so that several versions of one can judge side by side. State and
   * ids hang on the judgement hash, which stays.
   */
  public CheckedAssertion named(String other, Context others) {
    return new CheckedAssertion(
        other,
        title,
        on,
        mode,
        level,
        event,
        each,
        where,
        identity,
        lets,
        kind,
        names,
        locals,
        severity,
        explain,
        others,
        consequences,
        reads,
        judgementHash,
        documentation,
        span);
  }

  /** The local of a name that the kind gives, where an expression uses it. */
  public Optional<Local> named(String wanted) {
    for (Local local : names) {
      if (local.name().equals(wanted)) {
        return Optional.of(local);
      }
    }
    return Optional.empty();
  }

  /** The clause that this version does not evaluate yet: the assertion is kept and does not run. */
  public Optional<String> pendingClause() {
    return Pending.clause(this);
  }

  /** Whether it judges labels: pending on streams, and nowhere else. */
  public boolean judgesLabels() {
    return pendingClause().filter(Pending.ON_LABELS::equals).isPresent();
  }
}
