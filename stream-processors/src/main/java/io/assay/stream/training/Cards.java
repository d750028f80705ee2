package io.assay.stream.training;

import io.assay.imputation.Column;
import io.assay.imputation.Contest;
import io.assay.imputation.Evaluation;
import io.assay.imputation.Schema;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.imputation.ImputedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What is known of a version, for whoever is to use it. */
final class Cards {
  private Cards() {}

  /**
   * A version as it is published.
   *
   * @param incumbent the version that it was compared with; 0 for none
   */
  static ImputerVersion version(
      String project, long number, long incumbent, Trained trained, long nowMillis) {
    byte[] bytes = trained.learned().imputer().bytes();
    Contest contest = trained.learned().contest();
    ImputedStream stream = trained.stream();
    var card =
        new ImputerCard(
            project,
            stream.name(),
            number,
            nowMillis,
            trained.generation(),
            stream.group().name(),
            stream.groupHash(),
            trained.learned().imputer().isValueDependent() ? "value-dependent" : "plain",
            trained.learned().imputer().card().rows(),
            trained.sample().fromMillis(),
            trained.learned().imputer().card().seed(),
            trained.seconds(),
            trained.learned().warm(),
            measured(contest, incumbent),
            columns(trained.learned().imputer().schema(), contest),
            leftOut(trained),
            trained.observed(),
            trained.learned().promoted(),
            trained.learned().why(),
            ImputerVersion.chunks(bytes.length),
            bytes.length,
            ImputerVersion.sha256(bytes));
    return ImputerVersion.of(card, bytes);
  }

  private static ImputerCard.Measured measured(Contest contest, long incumbent) {
    boolean isAlone = contest.incumbent().isEmpty();
    Evaluation own = contest.candidate();
    return new ImputerCard.Measured(
        contest.cells(),
        finite(contest.candidateLoss()),
        isAlone ? null : incumbent,
        isAlone ? null : finite(contest.incumbentLoss()),
        finite(contest.baselineLoss()),
        finite(own.calibrationError()),
        finite(own.covered()));
  }

  private static List<ImputerCard.Column> columns(Schema schema, Contest contest) {
    List<ImputerCard.Column> columns = new ArrayList<>();
    Map<String, Contest.Losses> losses = contest.losses();
    for (Column column : schema.columns()) {
      boolean isError = column instanceof Column.Numbers;
      for (String name : column.columns()) {
        Contest.Losses of = losses.get(name);
        if (of != null && Double.isFinite(of.baseline())) {
          Optional<Double> incumbent = of.incumbent().filter(Double::isFinite);
          columns.add(
              new ImputerCard.Column(
                  name,
                  isError ? "error" : "accuracy",
                  isError ? of.candidate() : 1 - of.candidate(),
                  isError ? of.baseline() : 1 - of.baseline(),
                  incumbent.map(loss -> isError ? loss : 1 - loss).orElse(null)));
        }
      }
    }
    return columns;
  }

  private static List<ImputerCard.LeftOut> leftOut(Trained trained) {
    return trained.learned().imputer().schema().leftOut().stream()
        .map(
            one ->
                new ImputerCard.LeftOut(one.column(), one.reason().name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static @Nullable Double finite(OptionalDouble value) {
    return value.isPresent() ? finite(value.getAsDouble()) : null;
  }
}
