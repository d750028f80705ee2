package io.assay.web.sink;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Of how many violations the evidence is kept, of each assertion and hour of event time; the
 * properties {@code assay.sink.evidence.*}. The others are counted, and Kafka has their records for
 * as long as it keeps them.
 *
 * @param first so many of the first, whatever they are
 * @param openers of the others so many that open an episode, so that there is one to show of each
 * @param worst of the others so many of the greatest severity; a worse one takes the place of the
 *     least bad
 */
public record EvidenceBounds(
    @DefaultValue("1000") int first,
    @DefaultValue("1000") int openers,
    @DefaultValue("200") int worst) {
  private static final int MOST = 10_000_000;

  /** The worst are remembered in one row, so that there cannot be many. */
  private static final int MOST_WORST = 1_000;

  /** What is kept where nothing else is said. */
  public static final EvidenceBounds USUAL = new EvidenceBounds(1000, 1000, 200);

  public EvidenceBounds {
    require("first", first, 1, MOST);
    require("openers", openers, 0, MOST);
    require("worst", worst, 0, MOST_WORST);
  }

  /** The most that are kept of an assertion's hour, but for those that people have looked at. */
  public long most() {
    return (long) first + openers + worst;
  }

  private static void require(String name, int given, int least, int most) {
    if (given < least || given > most) {
      throw new IllegalArgumentException(
          "assay.sink.evidence.%s needs %d to %d, got %d".formatted(name, least, most, given));
    }
  }
}
