package io.assay.stream.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What someone should know of a version of a stream's imputer; its bytes stand beside it.
 *
 * @param version from 1, counted up within the stream
 * @param trainedMillis when its training ended, by the clock
 * @param generation of the rules that declared the group
 * @param group of fields that it fills
 * @param groupHash of their names and types: of another group it is never in force
 * @param form {@code plain}, or {@code value-dependent}
 * @param rows it learned of
 * @param fromMillis the broker's time of the oldest of them
 * @param seed that gives the same one again out of the same rows
 * @param seconds that training took
 * @param warm whether it went on from the version before
 * @param measured how well it did on cells that were hidden in rows it had not learned of
 * @param columns the same of each column
 * @param observed what was seen in the rows beside; null of a version that says nothing of it
 * @param leftOut fields of which nothing can be learned, and why
 * @param promoted whether the trainer put it in force
 * @param why it did, or did not
 * @param chunks in how many parts its bytes stand
 * @param bytes of all of them
 * @param sha256 of all of them, as hex
 */
public record ImputerCard(
    String project,
    String stream,
    long version,
    long trainedMillis,
    long generation,
    String group,
    String groupHash,
    String form,
    int rows,
    long fromMillis,
    long seed,
    double seconds,
    boolean warm,
    Measured measured,
    List<Column> columns,
    List<LeftOut> leftOut,
    @Nullable ImputerObserved observed,
    boolean promoted,
    String why,
    int chunks,
    long bytes,
    String sha256) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * On hidden cells. A loss is the mean over columns of the share of wrong categories, and of the
   * root mean square error of numbers in deviations; null where there were none.
   *
   * @param cells that were hidden
   * @param incumbent the version that was in force, and asked for the same cells; null for none
   * @param baselineLoss of the commonest value, or of the mean
   * @param calibrationError expected calibration error of categories, in ten bins of equal mass
   * @param covered share of numbers within their interval of 80 %
   */
  public record Measured(
      int cells,
      @Nullable Double loss,
      @Nullable Long incumbent,
      @Nullable Double incumbentLoss,
      @Nullable Double baselineLoss,
      @Nullable Double calibrationError,
      @Nullable Double covered) {}

  /**
   * One column.
   *
   * @param measure {@code accuracy}, more is better; or {@code error}, root mean square in
   *     deviations, less is better
   * @param incumbent of the version that was in force; null where there was none
   */
  public record Column(
      String name, String measure, double score, double baseline, @Nullable Double incumbent) {
    public Column {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(measure, "measure");
    }
  }

  /** A field of the group of which nothing can be learned. */
  public record LeftOut(String column, String reason) {}

  public ImputerCard {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(groupHash, "groupHash");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(measured, "measured");
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(sha256, "sha256");
    columns = List.copyOf(columns);
    leftOut = List.copyOf(leftOut);
  }

  public ImputerKey.Card key() {
    return new ImputerKey.Card(project, stream, version);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static ImputerCard read(byte[] json) {
    try {
      return JSON.readValue(json, ImputerCard.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "a model card needs an object with version, group and columns, got: " + broken, broken);
    }
  }
}
