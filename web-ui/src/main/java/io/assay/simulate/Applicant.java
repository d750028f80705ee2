package io.assay.simulate;

import java.util.random.RandomGenerator;

/**
 * Who applies for a loan, as it is; whatever of that is told.
 *
 * @param income thousands a year
 * @param amount thousands that are asked for
 * @param risk true probability that the first debit comes back, 0 to 1
 */
record Applicant(
    String region,
    String employment,
    int age,
    double income,
    String housing,
    String purpose,
    double amount,
    double risk) {

  /** {@code drifted}: in the east incomes have fallen, and more money goes on holidays. */
  static Applicant draw(RandomGenerator random, boolean drifted) {
    String region =
        Draw.one(random, new String[] {"north", "south", "east", "west"}, .3, .28, .22, .2);
    boolean hit = drifted && region.equals("east");
    String employment =
        Draw.one(
            random,
            new String[] {"employed", "self_employed", "retired", "student"},
            .56,
            .15,
            .17,
            .12);
    int age = age(random, employment);
    double income = income(random, employment, age, region) * (hit ? 0.68 : 1);
    String housing = housing(random, employment, age, income);
    String purpose = hit && random.nextDouble() < 0.4 ? "holiday" : purpose(random, age, housing);
    double amount = income * share(purpose) * Math.exp(0.3 * random.nextGaussian());
    double logit =
        -2.1
            + 2.2 * Math.min(1.5, amount / income)
            - 0.028 * (income - 32)
            + (employment.equals("self_employed") ? 0.7 : 0)
            + (employment.equals("student") ? 0.4 : 0)
            + (housing.equals("rented") ? 0.45 : 0)
            + (hit ? 0.7 : 0);
    return new Applicant(
        region, employment, age, income, housing, purpose, amount, Draw.logistic(logit));
  }

  private static int age(RandomGenerator random, String employment) {
    double age =
        switch (employment) {
          case "student" -> 22 + 2.5 * random.nextGaussian();
          case "retired" -> 70 + 5 * random.nextGaussian();
          default -> 42 + 11 * random.nextGaussian();
        };
    return (int) Math.round(Math.clamp(age, 18, 92));
  }

  private static double income(RandomGenerator random, String employment, int age, String region) {
    double usual =
        switch (employment) {
          case "student" -> 10;
          case "retired" -> 24;
          case "self_employed" -> 40;
          default -> 34 + 0.35 * (age - 42);
        };
    double place =
        switch (region) {
          case "north" -> 1.12;
          case "south" -> 0.9;
          case "east" -> 0.86;
          default -> 1.0;
        };
    double spread = employment.equals("self_employed") ? 0.4 : 0.16;
    return usual * place * Math.exp(spread * random.nextGaussian());
  }

  private static String housing(RandomGenerator random, String employment, int age, double income) {
    if (employment.equals("student")) {
      return random.nextDouble() < 0.55 ? "rented" : "family";
    }
    double owns = Draw.logistic(0.09 * (age - 45) + 0.06 * (income - 34));
    if (random.nextDouble() < owns) {
      return "owned";
    }
    return age < 26 && random.nextDouble() < 0.6 ? "family" : "rented";
  }

  private static String purpose(RandomGenerator random, int age, String housing) {
    String[] all = {"home", "car", "education", "holiday"};
    if (age < 28) {
      return Draw.one(random, all, .04, .3, .54, .12);
    }
    return housing.equals("owned")
        ? Draw.one(random, all, .58, .2, .04, .18)
        : Draw.one(random, all, .1, .58, .06, .26);
  }

  private static double share(String purpose) {
    return switch (purpose) {
      case "home" -> 0.7;
      case "car" -> 0.38;
      case "education" -> 0.5;
      default -> 0.12;
    };
  }
}
