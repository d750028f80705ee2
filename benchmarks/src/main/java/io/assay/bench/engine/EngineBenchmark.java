package io.assay.bench.engine;

import java.util.List;
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

/** The time by the clock of all events of a rule set, judged from fresh states. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
  static final int BOXES = 5;
  static final int KEYS = 64;
  static final int FRAMES = 600;

  /** As {@link Rules} calls them. */
  @Param({"street", "sensors"})
  public String rules = "";

  private Judging judging;
  private List<Judging.Turn> turns = List.of();

  /** JMH makes the state and then sets it up. */
  @SuppressWarnings("NullAway.Init")
  public EngineBenchmark() {}

  @Setup
  public void decode() {
    judging = new Judging(Rules.named(rules));
    turns = judging.turns(KEYS, FRAMES, BOXES);
  }

  @Benchmark
  public long round() {
    var out = new Unheard();
    judging.round(turns, KEYS, out);
    return out.violations();
  }
}
