package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.Violation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One sample a line, with everything: its events as predicted and as they should have been. */
final class JsonLinesExport {
  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonLinesExport() {}

  static Exported write(ExportSamples samples, OutputStream out) throws IOException {
    var written = new AtomicInteger();
    samples.each(
        sample -> {
          out.write(JSON.writeValueAsString(line(sample)).getBytes(UTF_8));
          out.write('\n');
          written.incrementAndGet();
        });
    return new Exported(written.get(), written.get(), 0);
  }

  private static ObjectNode line(ExportSample sample) {
    Violation flagged = sample.source().flagged();
    ObjectNode line = JSON.createObjectNode();
    line.put("prediction", sample.source().prediction());
    line.put("episode", flagged.episode());
    line.put("violation", flagged.id());
    line.put("assertion", flagged.assertion());
    line.put("expectation", flagged.expectation());
    line.put("stream", flagged.stream());
    line.put("key", sample.key());
    line.put("subject", sample.subject());
    line.put("label", sample.label());
    line.put("from", flagged.from());
    line.put("to", flagged.to());
    line.put("at", flagged.at());
    if (!sample.source().isDrawn()) {
      line.put("severity", flagged.severity());
      line.put("sentence", sample.sentence());
    }
    var events = line.putArray("events");
    for (Violation.EventReference event : flagged.spanEvents()) {
      events
          .addObject()
          .put("id", event.id())
          .put("at", event.at())
          .put("topic", event.source().topic())
          .put("partition", event.source().partition())
          .put("offset", event.source().offset());
    }
    var scenes = line.putArray("scenes");
    for (Scene scene : sample.scenes()) {
      ObjectNode one = scenes.addObject();
      one.put("event", scene.event()).put("stream", scene.stream()).put("at", scene.at());
      one.put("role", scene.role());
      scene.media().ifPresent(media -> one.put("media", media));
      scene.address().ifPresent(address -> one.put("address", address));
      one.set("predicted", scene.predicted());
      if (!scene.fields().equals(scene.predicted())) {
        one.set("corrected", scene.fields());
      }
    }
    line.set("provenance", Provenance.of(sample));
    return line;
  }
}
