package io.assay.cli;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.scenario.Payload;
import io.assay.assertion.scenario.Payloads;
import io.assay.assertion.scenario.Recording;
import io.assay.imports.FrameClock;
import io.assay.imports.LabelFields;
import io.assay.imports.LabelledFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people drew as past events, a frame each. */
final class LabelEvents implements PastEvents, Payloads {
  private final StreamType stream;
  private final LabelFields fields;
  private final List<LabelledFrame> frames;
  private final String file;
  private final String key;
  private final FrameClock clock;
  private int next;

  /**
   * @param key of frames whose series has no name
   */
  LabelEvents(
      StreamType stream,
      LabelFields fields,
      List<LabelledFrame> frames,
      String file,
      String key,
      FrameClock clock) {
    this.stream = stream;
    this.fields = fields;
    this.frames = frames;
    this.file = file;
    this.key = key;
    this.clock = clock;
  }

  @Override
  public List<Recording> recordings() {
    return List.of(new Recording(stream, this));
  }

  @Override
  public @Nullable Payload next() {
    if (next == frames.size()) {
      return null;
    }
    LabelledFrame frame = frames.get(next);
    String of = frame.series().isEmpty() ? key : frame.series();
    byte[] event = fields.event(frame, of, clock.at(frame.frame() + 1));
    var source = new Coordinates(file, 0, next++);
    return Payload.of(event, source, Payload.RECEIVED_UNKNOWN, null);
  }

  @Override
  public String place(Coordinates source) {
    LabelledFrame frame = frames.get((int) source.offset());
    return frame
        .media()
        .map(media -> source.topic() + ": " + media)
        .orElse(source.topic() + ": frame " + frame.frame());
  }

  @Override
  public double progress() {
    return frames.isEmpty() ? 1 : (double) next / frames.size();
  }

  @Override
  public void close() {}
}
