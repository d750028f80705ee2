package io.assay.web.imputation;

import io.assay.assertion.event.Event;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.RowDecoder;
import io.assay.assertion.event.StructType;
import io.assay.stream.contract.ImputersInUse;
import io.assay.stream.imputation.CompletedJson;
import io.assay.stream.imputation.FilledField;
import io.assay.stream.imputation.GapFiller;
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.system.Refused;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Fills records of one stream with one version; any number of threads. */
final class Fillers {
  private final ImputedStream stream;
  private final ImputersInUse.Ready ready;
  private final RowDecoder decoder;

  /** What one thread at a time uses; as many as there were threads at once. */
  private final Queue<GapFiller> idle = new ConcurrentLinkedQueue<>();

  Fillers(ImputedStream stream, ImputersInUse.Ready ready) {
    this.stream = stream;
    this.ready = ready;
    StructType.Field group = stream.group();
    this.decoder =
        RowDecoder.of(
            StructType.of(
                stream.type().root().name(),
                List.of(
                    new StructType.Draft(
                        group.name(), optional(stream), true, group.hidden(), group.source()))));
  }

  /** A field that is required may be missing here. */
  private static StructType optional(ImputedStream stream) {
    return StructType.of(
        stream.fields().name(),
        stream.fields().fields().stream()
            .map(
                field ->
                    new StructType.Draft(
                        field.name(), field.type(), true, field.hidden(), field.source()))
            .toList());
  }

  @SuppressWarnings("ReferenceEquality") // what is known is read once
  boolean isOf(ImputedStream other, ImputersInUse.Ready now) {
    return ready == now && stream.equals(other);
  }

  long version() {
    return ready.card().version();
  }

  /**
   * Completes them.
   *
   * @throws Refused of a record with a value that is not as the stream declares it
   */
  void fill(List<ObjectNode> records, double least) {
    GapFiller known = idle.poll();
    GapFiller filler = known == null ? new GapFiller(stream, ready.imputer()) : known;
    for (int i = 0; i < records.size(); i++) {
      ObjectNode record = records.get(i);
      CompletedJson.takeBack(record, stream);
      List<FilledField> filled = filler.fill(values(record, i), least);
      CompletedJson.complete(record, stream, filled, version());
    }
    idle.offer(filler);
  }

  private Row values(ObjectNode record, int number) {
    Row root =
        switch (decoder.read(ImputeRequest.JSON.writeValueAsBytes(record))) {
          case RowDecoder.Read.Came(var row, var problems) -> {
            if (!problems.isEmpty()) {
              throw bad(
                  number, problems.stream().map(Fillers::told).collect(Collectors.joining("; ")));
            }
            yield row;
          }
          case RowDecoder.Read.Broken(var detail) -> throw bad(number, detail);
        };
    // The decoder's only field.
    if (root.state(0) == Row.PRESENT && root.getReference(0) instanceof Row values) {
      return values;
    }
    throw bad(number, "needed an object in '%s'".formatted(stream.group().source().text()));
  }

  private static Refused bad(int number, String why) {
    return ImputeRequest.bad("record %d: %s".formatted(number, why));
  }

  private static String told(Event.Problem problem) {
    return "%s needed %s, came %s".formatted(problem.path(), problem.needed(), problem.came());
  }
}
