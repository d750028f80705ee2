package io.assay.simulate;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An embedding of shops that is trained anew again and again: shops of one trade lie together.
 *
 * <p>Most refreshes harm nobody: some noise, and the whole space turned, as training from another
 * start does. Every fifth puts the pharmacies among the casinos.
 */
public final class ShopEmbeddings {
  public static final int DIMENSIONS = 16;

  private static final List<String> TRADES =
      List.of(
          "bakery",
          "bookshop",
          "butcher",
          "casino",
          "cinema",
          "florist",
          "garage",
          "grocer",
          "hotel",
          "pharmacy",
          "tailor",
          "travel");
  private static final int SHOPS = 40;
  private static final double WITHIN = 0.28;
  private static final double NOISE = 0.05;
  private static final int BROKEN_EVERY = 5;
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private final long seed;

  public ShopEmbeddings(long seed) {
    this.seed = seed;
  }

  /** One row of a release. */
  public record Row(String item, String json) {}

  /** Whether a refresh breaks something; {@code number}: from 1. */
  public static boolean isBroken(long number) {
    return number % BROKEN_EVERY == 0;
  }

  /** What a release is called. */
  public static String name(long number) {
    return String.format(Locale.ROOT, "r%03d", number);
  }

  /** All rows of a release; {@code number}: from 1. */
  public List<Row> rows(long number) {
    var random = new SplittableRandom(seed * 31 + number);
    double[][] turn = turn(random);
    List<Row> rows = new ArrayList<>();
    for (int trade = 0; trade < TRADES.size(); trade++) {
      for (int shop = 0; shop < SHOPS; shop++) {
        String item = String.format(Locale.ROOT, "%s-%02d", TRADES.get(trade), shop + 1);
        double[] vector = place(seatOf(trade, number), trade, shop);
        for (int i = 0; i < DIMENSIONS; i++) {
          vector[i] += NOISE * random.nextGaussian();
        }
        rows.add(new Row(item, json(item, name(number), turned(turn, vector))));
      }
    }
    return rows;
  }

  /** Says that a release is whole; one for each partition. */
  public static String marker(long number) {
    return "{\"release\":\"%s\",\"closed\":true}".formatted(name(number));
  }

  private static int seatOf(int trade, long number) {
    return isBroken(number) && TRADES.get(trade).equals("pharmacy")
        ? TRADES.indexOf("casino")
        : trade;
  }

  /** Where a shop lies but for noise: its trade's seat, and its own place within it. */
  private double[] place(int seat, int trade, int shop) {
    var of = new SplittableRandom(seed * 7919 + seat);
    var own = new SplittableRandom(seed * 104_729 + (long) trade * SHOPS + shop);
    double[] vector = new double[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = of.nextGaussian() + WITHIN * own.nextGaussian();
    }
    return vector;
  }

  /** A rotation by chance: plane after plane. */
  private static double[][] turn(RandomGenerator random) {
    double[][] angles = new double[DIMENSIONS - 1][2];
    for (double[] pair : angles) {
      double angle = 0.6 * random.nextGaussian();
      pair[0] = Math.cos(angle);
      pair[1] = Math.sin(angle);
    }
    return angles;
  }

  private static double[] turned(double[][] angles, double[] vector) {
    for (int i = 0; i < angles.length; i++) {
      double a = vector[i];
      double b = vector[i + 1];
      vector[i] = angles[i][0] * a - angles[i][1] * b;
      vector[i + 1] = angles[i][1] * a + angles[i][0] * b;
    }
    return vector;
  }

  private static String json(String item, String release, double[] vector) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("shop", item);
      json.writeStringProperty("release", release);
      json.writeArrayPropertyStart("vector");
      for (double value : vector) {
        json.writeNumber(Math.round(value * 1e4) / 1e4);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }
}
