package io.assay.assertion.eval.term;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.UnsignedLong;
import com.google.protobuf.NullValue;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.assay.assertion.event.None;
import io.assay.assertion.event.Type;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.CheckedExpression;
import io.assay.assertion.rule.Dialect;
import io.assay.assertion.rule.ExpressionCompiler;
import io.assay.assertion.rule.SourceFile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated expressions have the value, or the lack of one, that another CEL gives them. */
class DifferentialTest {
  private static final int EXPRESSIONS = 500;
  private static final int DEEPEST = 5;

  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          Map.entry("b", Basic.BOOL),
          Map.entry("b2", Basic.BOOL),
          Map.entry("i", Basic.INT),
          Map.entry("i2", Basic.INT),
          Map.entry("u", Basic.UINT),
          Map.entry("d", Basic.DOUBLE),
          Map.entry("d2", Basic.DOUBLE),
          Map.entry("s", Basic.STRING),
          Map.entry("y", Basic.BYTES),
          Map.entry("t", Basic.TIMESTAMP),
          Map.entry("w", Basic.DURATION),
          Map.entry("l", new Type.ListOf(Basic.INT)),
          Map.entry("m", new Type.MapOf(Basic.STRING, Basic.INT)),
          Map.entry("x", Basic.DYN));

  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("b", true),
          Map.entry("b2", false),
          Map.entry("i", 3L),
          Map.entry("i2", -40L),
          Map.entry("u", new Unsigned(5)),
          Map.entry("d", 2.5),
          Map.entry("d2", -1e300),
          Map.entry("s", "a\u00e9"),
          Map.entry("y", ByteBuffer.wrap(new byte[] {1, -1})),
          Map.entry("t", Instant.parse("2024-02-29T12:34:56Z")),
          Map.entry("w", Duration.ofSeconds(61)),
          Map.entry("l", List.of(4L, 0L, 1L)),
          Map.entry("m", Map.of("a", 1L, "z", 26L)),
          Map.entry("x", 1.0));

  private static final Cel PLANNER = cel(CelFactory.plannerCelBuilder());

  /** Asked where they differ: the planner takes a failed {@code ||} for an operand of others. */
  private static final Cel INTERPRETER = cel(CelFactory.legacyCelBuilder());

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothSayTheSame(long seed) {
    var generator = new ExpressionGenerator(seed);
    List<String> different = new ArrayList<>();
    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = generator.any(1 + i % DEEPEST);
      Object ours = ours(expression);
      Object theirs = theirs(PLANNER, expression);
      if (!same(ours, theirs) && !same(ours, theirs(INTERPRETER, expression))) {
        different.add("%s%n    ours %s%n  theirs %s".formatted(expression, ours, theirs));
      }
    }
    assertThat(different).isEmpty();
  }

  /** Why there is no value. */
  private record Failure(String reason) {}

  private static boolean same(Object ours, Object theirs) {
    if (ours instanceof Failure || theirs instanceof Failure) {
      return ours instanceof Failure && theirs instanceof Failure;
    }
    return Boxing.typeName(ours).equals(Boxing.typeName(theirs))
        && TaggedValues.write(ours).equals(TaggedValues.write(theirs));
  }

  private static Object ours(String expression) {
    CheckedExpression checked =
        new ExpressionCompiler(Dialect.CEL, false)
            .compile(new SourceFile("generated", expression), TYPES);
    if (checked.term().isEmpty()) {
      return new Failure(checked.issues().toString());
    }
    try {
      return new Calculation(checked, Dialect.CEL).value(VALUES);
    } catch (NoValue e) {
      return new Failure(e.reason());
    }
  }

  private static Cel cel(CelBuilder builder) {
    return builder
        .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build())
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar("b", SimpleType.BOOL)
        .addVar("b2", SimpleType.BOOL)
        .addVar("i", SimpleType.INT)
        .addVar("i2", SimpleType.INT)
        .addVar("u", SimpleType.UINT)
        .addVar("d", SimpleType.DOUBLE)
        .addVar("d2", SimpleType.DOUBLE)
        .addVar("s", SimpleType.STRING)
        .addVar("y", SimpleType.BYTES)
        .addVar("t", SimpleType.TIMESTAMP)
        .addVar("w", SimpleType.DURATION)
        .addVar("l", ListType.create(SimpleType.INT))
        .addVar("m", MapType.create(SimpleType.STRING, SimpleType.INT))
        .addVar("x", SimpleType.DYN)
        .build();
  }

  private static Object theirs(Cel cel, String expression) {
    Map<String, Object> values = new LinkedHashMap<>(VALUES);
    values.put("u", UnsignedLong.fromLongBits(5));
    values.put("y", CelByteString.of(new byte[] {1, -1}));
    try {
      return ofCel(cel.createProgram(cel.compile(expression).getAst()).eval(values));
    } catch (CelValidationException | CelEvaluationException | RuntimeException e) {
      return new Failure(String.valueOf(e.getMessage()));
    }
  }

  private static Object ofCel(Object value) {
    return switch (value) {
      case UnsignedLong whole -> new Unsigned(whole.longValue());
      case CelByteString bytes -> ByteBuffer.wrap(bytes.toByteArray());
      case NullValue ignored -> None.NULL;
      case dev.cel.common.values.NullValue ignored -> None.NULL;
      case TypeType type -> new Boxing.TypeValue(type.containingTypeName());
      case List<?> list ->
          list.stream().map(element -> ofCel(Objects.requireNonNull(element))).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> out = new LinkedHashMap<>();
        map.forEach((k, v) -> out.put(ofCel(k), ofCel(Objects.requireNonNull(v))));
        yield out;
      }
      default -> value;
    };
  }
}
