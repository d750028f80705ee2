package io.assay.simulate;

import io.assay.simulate.CreditEvent.Kind;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A lender whose applicants leave gaps, whose model answers, and who learns within hours whether it
 * was right.
 *
 * <p>What happens in a minute depends on the seed and that minute alone, so that a simulation may
 * begin anywhere and says the same as one that came from before.
 *
 * <p>Known changes: a new version of the model, that first answers beside the old one; incomes and
 * purposes in the east, and with them risks that neither version knows of.
 */
public final class CreditSimulation {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;

  /** An answer comes so long after the features. */
  private static final long THOUGHT = 120;

  private final CreditSettings settings;

  public CreditSimulation(CreditSettings settings) {
    this.settings = settings;
  }

  /** Events from a time on, in the order in which they happen; without an end. */
  public Iterator<CreditEvent> from(long millis) {
    return new Course(millis);
  }

  private final class Course implements Iterator<CreditEvent> {
    private final PriorityQueue<CreditEvent> waiting =
        new PriorityQueue<>(
            Comparator.comparingLong(CreditEvent::at)
                .thenComparing(CreditEvent::kind)
                .thenComparing(CreditEvent::json));
    private final long from;
    private long minute;

    /** Of who applied before, the outcome may still be to come. */
    Course(long from) {
      this.from = from;
      this.minute = Math.floorDiv(from - CreditSettings.TRUTH_WITHIN.toMillis(), MINUTE) * MINUTE;
    }

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public CreditEvent next() {
      while (true) {
        while (waiting.isEmpty() || waiting.peek().at() >= minute) {
          happen(minute);
          minute += MINUTE;
        }
        CreditEvent next = waiting.poll();
        if (next.at() >= from) {
          return next;
        }
      }
    }

    private void happen(long start) {
      var random = new SplittableRandom(settings.seed() * 1_000_003 + start / MINUTE);
      double wave = 1 + 0.6 * Math.sin(2 * Math.PI * (double) (start % DAY) / DAY - 2);
      int many = Draw.poisson(random, settings.perMinute() * wave);
      for (int i = 0; i < many; i++) {
        apply(random.split(), start + random.nextLong(MINUTE - 1000), start / MINUTE + "-" + i);
      }
    }

    private void apply(RandomGenerator random, long at, String id) {
      boolean drifted = settings.hasDrifted(at);
      Applicant applicant = Applicant.draw(random, drifted);
      Told told = Told.by(applicant, random, drifted);
      String key = "p-" + random.nextInt(4000);
      var json = new CreditJson(id, key);
      waiting.add(new CreditEvent(Kind.FEATURES, at, key, json.features(at, applicant, told)));
      told.later(random)
          .ifPresent(
              more -> {
                long again = at + 15 * MINUTE + random.nextLong(45 * MINUTE);
                waiting.add(
                    new CreditEvent(
                        Kind.FEATURES, again, key, json.features(again, applicant, more)));
              });
      double old = Scorer.OLD.score(applicant, told, random);
      double young = Scorer.NEW.score(applicant, told, random);
      long answered = at + THOUGHT;
      if (settings.isOldAnswering(at)) {
        decide(json, key, answered, applicant, "4", old);
      }
      if (settings.isNewAnswering(at)) {
        decide(json, key, answered, applicant, "5", young);
      }
      long known = answered + delay(random);
      boolean bounced = random.nextDouble() < applicant.risk();
      waiting.add(new CreditEvent(Kind.OUTCOME, known, id, json.outcome(known, bounced)));
    }

    private void decide(
        CreditJson json, String key, long at, Applicant of, String version, double risk) {
      waiting.add(
          new CreditEvent(Kind.DECISION, at, key, json.decision(at, of.region(), version, risk)));
    }

    /** Mostly within two hours, and always in time. */
    private static long delay(RandomGenerator random) {
      double minutes = 5 - 45 * Math.log(1 - random.nextDouble());
      return (long) (Math.min(minutes, CreditSettings.TRUTH_WITHIN.toMinutes() - 2.0) * MINUTE);
    }
  }
}
