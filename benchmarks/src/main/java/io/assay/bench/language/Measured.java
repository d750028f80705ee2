package io.assay.bench.language;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.Row;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import java.util.ArrayList;
import java.util.List;

/** One expression in each of the implementations, over the same events. */
final class Measured {
  private static final String RULE =
      """
      stream camera from topic "camera" {
        key   camera string
        time  at timestamp(millis)
        score double
        label string
        boxes list { score double  label string }
      }
      assertion measured on camera { expect EXPRESSION }
      """;

  private Measured() {}

  /** A plan and the events that it is asked about, as the engine has them. */
  record Ours(BoolTerm plan, Frame frame, CheckedAssertion assertion, List<Row> events) {
    boolean test(int index) {
      frame.setReference(assertion.event(), events.get(index));
      return plan.test(frame);
    }
  }

  static Ours ours(String expression) {
    Compilation compilation =
        new RuleCompiler()
            .compile(List.of(new SourceFile("bench", RULE.replace("EXPRESSION", expression))));
    CheckedAssertion assertion =
        compilation
            .rules()
            .orElseThrow(() -> new IllegalStateException(compilation.issues().toString()))
            .assertions()
            .get(0);
    if (!(assertion.kind() instanceof Kind.Expect expect)) {
      throw new IllegalStateException("needed an expect, got " + assertion.kind());
    }
    BoolTerm plan =
        new TermCompiler(assertion.on().size()).bool(expect.expectations().get(0).condition());
    return new Ours(plan, new Frame(assertion.locals()), assertion, rows(assertion));
  }

  private static List<Row> rows(CheckedAssertion assertion) {
    EventDecoder decoder = EventDecoder.of(assertion.on(), assertion.reads());
    List<Samples.Sample> samples = Samples.all();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      rows.add(decode(decoder, samples.get(i).payload(i)));
    }
    return rows;
  }

  private static Row decode(EventDecoder decoder, byte[] payload) {
    Decoded decoded = decoder.decode(payload, null, new Coordinates("bench", 0, 0), Long.MIN_VALUE);
    if (decoded instanceof Decoded.Readable readable) {
      return readable.event().root();
    }
    throw new IllegalStateException(decoded.toString());
  }

  /** The classic interpreter walks the tree. */
  static Program interpreted(String expression) {
    return program(CelFactory.legacyCelBuilder(), expression);
  }

  /** The newer runtime plans the tree first. */
  static Program planned(String expression) {
    return program(CelFactory.plannerCelBuilder(), expression);
  }

  private static Program program(CelBuilder builder, String expression) {
    MapType box = MapType.create(SimpleType.STRING, SimpleType.DYN);
    Cel cel =
        builder
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("score", SimpleType.DOUBLE)
            .addVar("label", SimpleType.STRING)
            .addVar("boxes", ListType.create(box))
            .setResultType(SimpleType.BOOL)
            .build();
    try {
      return cel.createProgram(cel.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }
}
