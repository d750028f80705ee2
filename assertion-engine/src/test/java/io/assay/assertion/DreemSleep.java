package io.assay.assertion;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Sleep stages of 25 nights, an epoch each 30 seconds: six models and five human scorers, cut to
 * the epochs that all cover. Stages: 0 wake, 1 to 3 light to deep, 4 REM; -1 not scored, which only
 * scorers have.
 */
public final class DreemSleep {
  public static final List<String> MODELS =
      List.of(
          "SimpleNet",
          "MixedNeuralNetwork",
          "SeqSleepNet",
          "DeepSleepNet",
          "Chambon_et_Al",
          "Tsinalis_et_Al");

  private static final int SCORERS = 5;

  /** Where three nights begin or end otherwise than their scorers. */
  private static final Map<String, Integer> FIRST =
      Map.of(
          "5bf0f969-304c-581e-949c-50c108f62846", 60, "b5d5785d-87ee-5078-b9b9-aac6abd4d8de", 60);

  private static final Map<String, Integer> END =
      Map.of("3e842aa8-bcd9-521e-93a2-72124233fe2c", 620);

  private final Path folder;

  private DreemSleep(Path folder) {
    this.folder = folder;
  }

  /** The recordings, or a visible skip where they are not at hand. */
  public static DreemSleep assumed() {
    Path folder = Path.of(System.getProperty("assay.shared", "none"), "data/dreem_sleep/dodh");
    assumeTrue(Files.isDirectory(folder), () -> "reference data is absent: " + folder);
    return new DreemSleep(folder);
  }

  /** The names of the nights, in their order. */
  public List<String> nights() {
    try (Stream<Path> files = Files.list(folder.resolve("scorers/scorer_1"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a model says of each epoch of a night. */
  public int[] model(String model, String night) {
    int[] stages = read("models/" + model, night);
    int[][] uncut = uncutScorers(night);
    return stages.length == uncut[0].length
        ? Arrays.copyOfRange(stages, first(night, uncut), end(night, uncut))
        : stages;
  }

  /** What each of the scorers says of each epoch of a night. */
  public int[][] scorers(String night) {
    int[][] uncut = uncutScorers(night);
    int first = first(night, uncut);
    int end = end(night, uncut);
    return Arrays.stream(uncut)
        .map(stages -> Arrays.copyOfRange(stages, first, end))
        .toArray(int[][]::new);
  }

  /**
   * The majority of the four scorers that agree best with the others, ties as the best of them has
   * it. -1 where that is "not scored": three epochs of one night.
   */
  public int[] truth(String night) {
    int[][] scorers = scorers(night);
    int[][] best =
        IntStream.range(0, SCORERS)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -agreement(i, scorers)))
            .limit(4)
            .map(i -> scorers[i])
            .toArray(int[][]::new);
    int[] truth = new int[best[0].length];
    for (int epoch = 0; epoch < truth.length; epoch++) {
      truth[epoch] = majority(votes(best, epoch, -1), best[0][epoch]);
    }
    return truth;
  }

  private static int majority(int[] votes, int ofTheBest) {
    int most = Arrays.stream(votes).max().orElseThrow();
    List<Integer> stages = new ArrayList<>();
    for (int i = 0; i < votes.length; i++) {
      if (votes[i] == most) {
        stages.add(i - 1);
      }
    }
    return stages.size() == 1 ? stages.getFirst() : ofTheBest;
  }

  /** Mean over epochs of the votes for a scorer's stage by those for the others' favourite. */
  private static double agreement(int scorer, int[][] scorers) {
    double sum = 0;
    for (int epoch = 0; epoch < scorers[scorer].length; epoch++) {
      int[] votes = votes(scorers, epoch, scorer);
      sum += (double) votes[scorers[scorer][epoch] + 1] / Arrays.stream(votes).max().orElseThrow();
    }
    return sum / scorers[scorer].length;
  }

  private static int[] votes(int[][] scorers, int epoch, int without) {
    int[] votes = new int[6];
    for (int i = 0; i < scorers.length; i++) {
      if (i != without) {
        votes[scorers[i][epoch] + 1]++;
      }
    }
    return votes;
  }

  private int[][] uncutScorers(String night) {
    return IntStream.rangeClosed(1, SCORERS)
        .mapToObj(i -> read("scorers/scorer_" + i, night))
        .toArray(int[][]::new);
  }

  private static int first(String night, int[][] scorers) {
    int first = 0;
    for (int[] stages : scorers) {
      int scored = 0;
      while (stages[scored] < 0) {
        scored++;
      }
      first = Math.max(first, scored);
    }
    return FIRST.getOrDefault(night, first);
  }

  private static int end(String night, int[][] scorers) {
    int end = scorers[0].length;
    for (int[] stages : scorers) {
      int scored = stages.length;
      while (stages[scored - 1] < 0) {
        scored--;
      }
      end = Math.min(end, scored);
    }
    return END.getOrDefault(night, end);
  }

  private int[] read(String of, String night) {
    Path file = folder.resolve(of).resolve(night + ".json");
    IntStream.Builder stages = IntStream.builder();
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        stages.add(json.getIntValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stages.build().toArray();
  }
}
