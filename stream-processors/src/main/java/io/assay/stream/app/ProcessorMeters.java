package io.assay.stream.app;

import static io.assay.stream.app.MetersByStream.Figure.count;
import static io.assay.stream.app.MetersByStream.Figure.gauge;

import io.assay.stream.app.StreamStatus.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** Figures of each stream, as they are scraped. */
record ProcessorMeters(StreamProcessors processors) implements MeterBinder {
  private static final List<MetersByStream.Figure<StreamStatus>> FIGURES =
      List.of(
          gauge("running", now -> now.state() == State.RUNNING ? 1 : 0),
          gauge("lag", now -> now.lag().orElse(0)),
          gauge("assertions.in.error", now -> now.figures().assertionErrors().size()),
          gauge("assertions.suspended", now -> now.figures().suspended().size()),
          count("events", now -> now.figures().events()),
          count("violations", now -> now.figures().violations()),
          count("dead.letters", now -> now.figures().deadLetters()),
          count("late", now -> now.figures().late()),
          count("duplicates", now -> now.figures().duplicates()),
          count("unpaired", now -> now.figures().unpaired()),
          count("ticks", now -> now.figures().ticks()),
          count("truths", now -> now.figures().truths(true)),
          count("truths.unused", now -> now.figures().truths(false)));

  @Override
  public void bindTo(MeterRegistry registry) {
    new MetersByStream<>("assay.stream.", processors::status, StreamStatus::stream)
        .bindTo(registry, FIGURES, processors);
  }
}
