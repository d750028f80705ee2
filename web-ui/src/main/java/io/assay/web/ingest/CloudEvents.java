package io.assay.web.ingest;

import io.assay.stream.ingest.Envelopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** CloudEvents of structured mode as events: all of a request, or none. */
final class CloudEvents {
  private final Splitting splitting;

  CloudEvents(Splitting splitting) {
    this.splitting = splitting;
  }

  /** All of them, or a refusal that says what is wrong with each. */
  List<Submitted> open(byte[] body, boolean batch) {
    List<Submitted> events = new ArrayList<>();
    List<RequestRefused.Fault> faults = new ArrayList<>();
    Optional<String> broken =
        Envelopes.open(
            body,
            batch,
            opened -> {
              splitting.requireRoom(events.size() + faults.size());
              add(opened, events.size() + faults.size() + 1, events, faults);
            });
    if (broken.isPresent()) {
      throw new RequestRefused(HttpStatus.BAD_REQUEST, broken.get());
    }
    if (!faults.isEmpty()) {
      throw new RequestRefused(
              HttpStatus.BAD_REQUEST,
              "%d of %d are no CloudEvents; nothing was kept"
                  .formatted(faults.size(), faults.size() + events.size()))
          .because(faults);
    }
    return events;
  }

  private static void add(
      Envelopes.Opened opened,
      int position,
      List<Submitted> events,
      List<RequestRefused.Fault> faults) {
    switch (opened) {
      case Envelopes.Opened.Event found ->
          events.add(new Submitted(position, found.event().data(), found.event().attributes()));
      case Envelopes.Opened.Refused(List<String> reasons) ->
          faults.add(new RequestRefused.Fault(position, String.join("; ", reasons)));
    }
  }
}
