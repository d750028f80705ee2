package io.assay.imputation.net;

/**
 * Where each target looks: a weight for every attribute, learned of the schema alone. Its own slot
 * keeps its weight, on nothing.
 */
final class Attention {
  private final Layout layout;
  private final float[] weights;

  Attention(Layout layout) {
    this.layout = layout;
    this.weights = new float[layout.attributes() * layout.attributes()];
  }

  void read(float[] parameters) {
    int m = layout.attributes();
    for (int a = 0; a < m; a++) {
      int at = layout.attention(a);
      float most = Float.NEGATIVE_INFINITY;
      for (int b = 0; b < m; b++) {
        most = Math.max(most, parameters[at + b]);
      }
      double sum = 0;
      for (int b = 0; b < m; b++) {
        double e = StrictMath.exp(parameters[at + b] - most);
        weights[a * m + b] = (float) e;
        sum += e;
      }
      for (int b = 0; b < m; b++) {
        weights[a * m + b] /= (float) sum;
      }
    }
  }

  float weight(int target, int attribute) {
    return weights[target * layout.attributes() + attribute];
  }

  /**
   * @param ofWeights the gradient of the target's weights
   */
  void back(int target, float[] ofWeights, float[] gradients) {
    int m = layout.attributes();
    double mean = 0;
    for (int b = 0; b < m; b++) {
      mean += weights[target * m + b] * ofWeights[b];
    }
    for (int b = 0; b < m; b++) {
      gradients[layout.attention(target) + b] +=
          (float) (weights[target * m + b] * (ofWeights[b] - mean));
    }
  }
}
