package io.assay.imputation;

import io.assay.imputation.net.Answering;
import io.assay.imputation.net.Codes;
import io.assay.imputation.net.Layout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A form of the network, asked for held-back cells in several rounds. */
final class Trial {
  private final Codebook codebook;
  private final Layout layout;
  private final List<Round> rounds = new ArrayList<>();

  /**
   * @param remembered rows that the network has learned of
   * @param truth of the rows that are asked
   */
  private record Round(Answering answering, Codes remembered, Codes truth, HeldBack held) {}

  /** Takes a held-back cell of the row that was read last. */
  private interface Taker {
    void take(Asking asked, int attribute, int row, Codes truth);
  }

  Trial(Codebook codebook, Layout layout) {
    this.codebook = codebook;
    this.layout = layout;
  }

  Layout layout() {
    return layout;
  }

  /**
   * @param learned rows as the network saw them
   * @param truth of the rows that are asked
   */
  void add(float[] parameters, Codes learned, Codes truth, HeldBack held) {
    rounds.add(
        new Round(new Answering(layout, parameters), Neighbours.sample(learned), truth, held));
  }

  /** Of each attribute, whether and how neighbours help. */
  List<Optional<Neighbours.Blend>> blends() {
    List<Blending> blendings = new ArrayList<>();
    for (int a = 0; a < layout.attributes(); a++) {
      blendings.add(new Blending(a));
    }
    float[] answer = new float[layout.widest()];
    ask(
        alone(),
        (asked, a, row, truth) -> {
          asked.answer(a, answer);
          blendings.get(a).add(asked, answer, truth, row, codebook.answers(a));
        });
    return blendings.stream().map(Blending::best).toList();
  }

  List<Optional<Neighbours.Blend>> alone() {
    return Collections.nCopies(layout.attributes(), Optional.empty());
  }

  Answers answers(List<Optional<Neighbours.Blend>> blends) {
    var answers = new Answers(codebook, layout);
    ask(blends, answers::take);
    return answers;
  }

  private void ask(List<Optional<Neighbours.Blend>> blends, Taker taker) {
    for (Round round : rounds) {
      Neighbours neighbours = Neighbours.of(round.remembered(), blends);
      var asked = new Asking(codebook, round.answering(), neighbours);
      for (int row = 0; row < round.truth().rows(); row++) {
        // The row as it is, as one is asked later: no target sees its own cell.
        asked.read(round.truth(), row);
        for (int a = 0; a < layout.attributes(); a++) {
          if (round.held().contains(a, row) && codebook.isKnown(a, round.truth().values(a), row)) {
            taker.take(asked, a, row, round.truth());
          }
        }
      }
    }
  }
}
