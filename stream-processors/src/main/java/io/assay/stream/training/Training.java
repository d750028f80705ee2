package io.assay.stream.training;

import io.assay.imputation.AimNet;
import io.assay.imputation.Budget;
import io.assay.imputation.Pass;
import io.assay.imputation.Table;
import io.assay.stream.contract.ImputerObserved;
import io.assay.stream.imputation.GroupTable;
import io.assay.stream.imputation.ImputedStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;

/** One training of one stream's imputer: reads its last events back, and learns of them. */
final class Training implements Callable<Training.Ended> {
  private static final Duration LEAST = Duration.ofSeconds(10);

  /** Of the time between two trainings. */
  private static final int SHARE = 4;

  private final Wanted wanted;
  private final TrainerSettings settings;
  private final BooleanSupplier goesOn;
  private final DoubleConsumer told;
  private final Clock clock;

  /**
   * What is to be trained.
   *
   * @param generation of the rules that ask for it
   * @param inForce the version in force
   * @param incumbent its number; 0 for none
   * @param readMillis until when it may have learned of what came
   * @param before what the newest version's training saw, if it is of the same fields
   * @param pinned whether that stays
   * @param number of the version to come
   */
  record Wanted(
      ImputedStream stream,
      long generation,
      Optional<AimNet> inForce,
      long incumbent,
      long readMillis,
      Optional<ImputerObserved> before,
      boolean pinned,
      long number) {}

  /** What came of it. */
  sealed interface Ended {
    /** A version. */
    record Well(Trained trained) implements Ended {}

    /** There is too little to learn of, and why. */
    record TooLittle(String why) implements Ended {}
  }

  /**
   * @param goesOn asked now and then whether it is still wanted
   * @param told how much of the learning is over, 0 to 1
   */
  Training(
      Wanted wanted,
      TrainerSettings settings,
      BooleanSupplier goesOn,
      DoubleConsumer told,
      Clock clock) {
    this.wanted = wanted;
    this.settings = settings;
    this.goesOn = goesOn;
    this.told = told;
    this.clock = clock;
  }

  @Override
  public Ended call() {
    ImputedStream stream = wanted.stream();
    Sample sample;
    try (var back =
        new ReadBack(
            stream,
            TrainerClients.reading(settings),
            Forgotten.of(settings.erasing(), settings.project(), stream.name()),
            clock)) {
      long available = back.available();
      if (available < Learning.LEAST_ROWS) {
        return new Ended.TooLittle(
            "%d rows are needed to learn of, the topic %s has %d records"
                .formatted(Learning.LEAST_ROWS, stream.type().topic(), available));
      }
      sample = back.read(seed(stream), wanted.readMillis(), goesOn, read -> {});
    }
    long began = System.nanoTime();
    Learning.Outcome outcome =
        Learning.learn(
            sample.rows(),
            GroupTable.of(stream.fields()).columns(),
            wanted.inForce(),
            wanted.pinned(),
            wanted.number(),
            passes());
    double seconds = (System.nanoTime() - began) / 1e9;
    return switch (outcome) {
      case Learning.Outcome.Learned learned ->
          new Ended.Well(
              new Trained(
                  stream,
                  wanted.generation(),
                  learned,
                  sample,
                  observed(sample, learned),
                  seconds));
      case Learning.Outcome.Nothing(var why) ->
          new Ended.TooLittle(
              sample.unreadable() == 0
                  ? why
                  : "%s; %d of %d records could not be read"
                      .formatted(why, sample.unreadable(), sample.read()));
    };
  }

  private ImputerObserved observed(Sample sample, Learning.Outcome.Learned learned) {
    Table rows = sample.rows().learned();
    return Observing.observe(
        rows,
        learned.imputer().schema(),
        wanted.before(),
        wanted
            .inForce()
            .map(used -> Observing.later(sample.later(), used, wanted.incumbent(), rows)));
  }

  private Predicate<Pass> passes() {
    Duration share = wanted.stream().every().dividedBy(SHARE);
    Duration most = share.compareTo(LEAST) < 0 ? LEAST : share;
    Duration within = most.compareTo(settings.mostTraining()) > 0 ? settings.mostTraining() : most;
    var budget = new Budget(within, System::nanoTime);
    return pass -> {
      told.accept(pass.share());
      return goesOn.getAsBoolean() && budget.test(pass);
    };
  }

  /** The same for a stream, always: what is held back once is never learned of. */
  private long seed(ImputedStream stream) {
    return 31L * settings.project().hashCode() + stream.name().hashCode();
  }
}
