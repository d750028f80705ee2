package io.assay.imputation;

import io.assay.imputation.net.Answering;
import io.assay.imputation.net.Codes;
import java.util.Optional;

/** Asks for cells of one row after another, by a network and the row's neighbours. One thread. */
final class Asking {
  private final Codebook codebook;
  private final Answering.Row network;
  private final Neighbours neighbours;
  private final Neighbours.Search search;
  private final float[][] weights;
  private final double[][] gathered;
  private final double[] own;
  private Codes codes;
  private int row;

  Asking(Codebook codebook, Answering answering, Neighbours neighbours) {
    int attributes = codebook.schema().columns().size();
    this.codebook = codebook;
    this.network = answering.row();
    this.neighbours = neighbours;
    this.search = neighbours.search();
    this.codes = neighbours.rows();
    this.weights = new float[attributes][attributes];
    this.gathered = new double[attributes][];
    int widest = 1;
    for (int a = 0; a < attributes; a++) {
      widest = Math.max(widest, codebook.answers(a));
      gathered[a] = new double[codebook.answers(a)];
      for (int b = 0; b < attributes; b++) {
        weights[a][b] = answering.weight(a, b);
      }
    }
    this.own = new double[widest];
  }

  void read(Codes codes, int row) {
    this.codes = codes;
    this.row = row;
    network.read(codes, row);
  }

  boolean isPresent(int attribute) {
    return network.isPresent(attribute);
  }

  /**
   * What an attribute probably is, by all others.
   *
   * @param into of numbers the standardised ones, of a category the scores of its values
   */
  void answer(int a, float[] into) {
    network.answer(a, into);
    Optional<Neighbours.Blend> blend = neighbours.blend(a);
    if (blend.isPresent()) {
      double[] near = gathered[a];
      search.measure(codes, row, a, weights[a]);
      double weight = search.gather(a, blend.get().width(), near);
      mix(a, blend.get().network(), into, near, weight, near);
      for (int i = 0; i < near.length; i++) {
        into[i] = (float) (codebook.isNumber(a) ? near[i] : StrictMath.log(near[i]));
      }
    }
  }

  /** How far the row's neighbours are, for what is to be gathered of them. */
  Neighbours.Search measured(int a) {
    search.measure(codes, row, a, weights[a]);
    return search;
  }

  /**
   * The network's answer, as so many rows, and those that are near.
   *
   * @param into probabilities of a category's values, or standardised numbers
   */
  void mix(int a, double network, float[] answer, double[] near, double weight, double[] into) {
    double all = network + weight;
    if (codebook.isNumber(a)) {
      for (int d = 0; d < into.length; d++) {
        into[d] = (network * answer[d] + near[d]) / all;
      }
    } else {
      Temperature.probabilities(answer, into.length, 1, own);
      for (int v = 0; v < into.length; v++) {
        into[v] = (network * Math.max(own[v], Double.MIN_NORMAL) + near[v]) / all;
      }
    }
  }
}
