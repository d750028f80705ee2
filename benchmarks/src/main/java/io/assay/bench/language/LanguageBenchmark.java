package io.assay.bench.language;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one evaluation. All run in one process, so each meets what the others compiled. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LanguageBenchmark {
  @Param({
    "score < 0.5 && label == 'car'",
    "boxes.exists(b, b.score > 0.99)",
    "boxes.filter(b, b.label == 'car').size() > 2"
  })
  public String expression = "";

  private int next;
  private Measured.Ours ours;
  private Program interpreted;
  private Program planned;
  private List<Map<String, Object>> maps = List.of();

  /** JMH makes the state and then sets it up. */
  @SuppressWarnings("NullAway.Init")
  public LanguageBenchmark() {}

  /** Compiles the expression in each, and makes sure that all say the same. */
  @Setup
  public void compile() throws CelEvaluationException {
    ours = Measured.ours(expression);
    interpreted = Measured.interpreted(expression);
    planned = Measured.planned(expression);
    maps = Samples.all().stream().map(Samples.Sample::map).toList();
    for (int i = 0; i < Samples.COUNT; i++) {
      Object wanted = ours.test(i);
      if (!wanted.equals(interpreted.eval(maps.get(i)))
          || !wanted.equals(planned.eval(maps.get(i)))) {
        throw new IllegalStateException("event " + i + ": they differ about " + expression);
      }
    }
  }

  private int index() {
    next = (next + 1) & (Samples.COUNT - 1);
    return next;
  }

  @Benchmark
  public boolean assay() {
    return ours.test(index());
  }

  @Benchmark
  public Object celInterpreter() throws CelEvaluationException {
    return interpreted.eval(maps.get(index()));
  }

  @Benchmark
  public Object celPlanner() throws CelEvaluationException {
    return planned.eval(maps.get(index()));
  }
}
