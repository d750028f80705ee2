package io.assay.stream.embeddings;

import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.assertions.VerdictSheet;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.StabilityRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Judges closed releases by the rules, and tells violations and counts. */
final class ReleaseVerdicts {
  private final Embeddings embeddings;
  private final EmbeddingsSettings settings;
  private final ProcessorContext<byte[], Sent> context;
  private final Figures figures;
  private final VerdictSheet sheet;

  ReleaseVerdicts(
      Embeddings embeddings,
      EmbeddingsSettings settings,
      KeyValueStore<Bytes, byte[]> store,
      ProcessorContext<byte[], Sent> context,
      Figures figures) {
    this.embeddings = embeddings;
    this.settings = settings;
    this.context = context;
    this.figures = figures;
    this.sheet = new VerdictSheet(store, settings.project(), embeddings.name());
  }

  Judged judge(
      LiveRules.Generation by,
      ReleaseRecord release,
      StabilityRecord alone,
      List<StabilityRecord> pairs) {
    return new Judged(Map.of(), List.of());
  }

  void sendCounts(long wallClockMillis) {
    sheet.send(
        VerdictSheet.RELEASES + context.taskId().partition(),
        count -> send(count, wallClockMillis));
  }

  private void send(CountRecord count, long millis) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, settings.project());
    context.forward(
        Sent.of(new Record<>(count.key(), count.json(), millis, headers), Sent.Route.COUNT));
  }
}
