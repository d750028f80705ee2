package io.assay.stream.contract;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.RuleCompiler;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations of a project's rules as far as they are known here, and the newest that this
 * program can compile: one that needs functions which it has not, or names topics of Assay's own,
 * is refused, and the last good one goes on. Any thread may ask.
 */
public final class RuleGenerations {
  private static final Logger LOG = LoggerFactory.getLogger(RuleGenerations.class);

  /** Compiled ones beside the newest, for tasks that go on where they stopped. */
  private static final int MOST_COMPILED = 8;

  private final String project;
  private final RuleCompiler compiler;
  private final NavigableMap<Long, byte[]> known = new TreeMap<>();
  private final Map<Long, Attempt> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Attempt> eldest) {
          return size() > MOST_COMPILED;
        }
      };
  private volatile @Nullable RuleGeneration newest;
  private volatile @Nullable Refusal refusal;

  /** A generation that is newer than what this program goes by, and why it does not. */
  public record Refusal(RuleSet set, String message) {}

  private record Attempt(Optional<RuleGeneration> made, String message) {}

  /** {@code topics}: Assay's own, which no rules may name. */
  public RuleGenerations(String project, Topics topics) {
    this.project = project;
    this.compiler = new RuleCompiler(topics::owner);
  }

  public String project() {
    return project;
  }

  /** Takes in those of the project among some, and compiles the newest. */
  public void add(Collection<RuleSet> sets) {
    boolean more = false;
    synchronized (this) {
      for (RuleSet set : sets) {
        if (set.project().equals(project)) {
          more |= known.put(set.generation(), RuleBytes.write(set)) == null;
        }
      }
      if (more) {
        settle();
        notifyAll();
      }
    }
  }

  /** What nobody can still need. The newest that is in use stays in use, whatever becomes of it. */
  public synchronized void forget(long generation) {
    known.remove(generation);
    compiled.remove(generation);
  }

  /** From the newest back to one that can be compiled. */
  private void settle() {
    Refusal refused = null;
    for (Map.Entry<Long, byte[]> entry : known.descendingMap().entrySet()) {
      RuleGeneration now = newest;
      if (now != null && entry.getKey() <= now.number()) {
        break;
      }
      Attempt attempt = compile(entry.getKey(), entry.getValue());
      if (attempt.made().isPresent()) {
        newest = attempt.made().get();
        break;
      }
      refused =
          refused == null
              ? new Refusal(RuleBytes.read(entry.getValue()), attempt.message())
              : refused;
    }
    if (refused != null) {
      tell(refused);
    }
    refusal = refused;
  }

  private void tell(Refusal refused) {
    RuleGeneration now = newest;
    LOG.warn(
        "generation {} of the rules of project '{}' cannot be used by this program, {}:\n{}",
        refused.set().generation(),
        project,
        now == null ? "and none before it" : "which goes on with generation " + now.number(),
        refused.message());
  }

  private Attempt compile(long generation, byte[] bytes) {
    Attempt known = compiled.get(generation);
    if (known == null) {
      known = compile(RuleBytes.read(bytes));
      compiled.put(generation, known);
    }
    return known;
  }

  private Attempt compile(RuleSet set) {
    RuleContent content = set.content();
    try {
      Compilation compilation = compiler.compile(content.files(), content.parameters());
      return new Attempt(
          compilation.rules().map(rules -> new RuleGeneration(set, rules)),
          new IssueRenderer(content.files()).render(compilation.issues()));
    } catch (RuntimeException failure) {
      return new Attempt(Optional.empty(), failure.toString());
    }
  }

  /** The newest that can be compiled; empty while there is none. */
  public Optional<RuleGeneration> newest() {
    return Optional.ofNullable(newest);
  }

  /** The newest of all, if it is refused here. */
  public Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** One by its number; empty if it is not known here, or cannot be compiled. */
  public synchronized Optional<RuleGeneration> of(long generation) {
    byte[] bytes = known.get(generation);
    return bytes == null ? Optional.empty() : compile(generation, bytes).made();
  }

  /**
   * Waits until a generation is known here, or a later one.
   *
   * @return whether it is
   */
  public synchronized boolean await(long generation, Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    while (known.isEmpty() || known.lastKey() < generation) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
