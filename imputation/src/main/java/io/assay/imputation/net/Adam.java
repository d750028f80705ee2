package io.assay.imputation.net;

/** Adam (Kingma, Ba, 2015) over one array of parameters. */
final class Adam {
  private static final float FIRST = 0.9f;
  private static final float SECOND = 0.999f;
  private static final double TINY = 1e-8;

  private final float[] means;
  private final float[] squares;
  private double firstPower = 1;
  private double secondPower = 1;

  Adam(int size) {
    this.means = new float[size];
    this.squares = new float[size];
  }

  /** One step; gradients are zero afterwards. */
  void step(float[] parameters, float[] gradients, double rate) {
    firstPower *= FIRST;
    secondPower *= SECOND;
    float step = (float) (rate * Math.sqrt(1 - secondPower) / (1 - firstPower));
    float tiny = (float) (TINY * Math.sqrt(1 - secondPower));
    for (int i = 0; i < parameters.length; i++) {
      float gradient = gradients[i];
      float mean = FIRST * means[i] + (1 - FIRST) * gradient;
      float square = SECOND * squares[i] + (1 - SECOND) * gradient * gradient;
      means[i] = mean;
      squares[i] = square;
      parameters[i] -= step * mean / ((float) Math.sqrt(square) + tiny);
      gradients[i] = 0;
    }
  }
}
