package io.assay.web.ingest;

import io.assay.assertion.rule.Suggestions;
import io.assay.web.ingest.Addressing.Addressed;
import io.assay.web.ingest.IngestFigures.Outcome;
import io.assay.web.ingest.RequestRefused.Fault;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Takes requests whole or not at all: everything is checked before anything is sent, and nothing is
 * said to be taken that the broker has not acknowledged.
 */
final class Intake {
  private final DeclaredStreams streams;
  private final IngestSettings settings;
  private final InFlight inFlight;
  private final Deliveries deliveries;
  private final Forwarding forwarding;
  private final IngestFigures figures;
  private final BodyReader bodies;
  private final Splitting splitting;
  private final Sampling sampling;

  Intake(
      DeclaredStreams streams,
      IngestSettings settings,
      InFlight inFlight,
      Deliveries deliveries,
      Forwarding forwarding,
      IngestFigures figures) {
    this.streams = streams;
    this.settings = settings;
    this.inFlight = inFlight;
    this.deliveries = deliveries;
    this.forwarding = forwarding;
    this.figures = figures;
    this.bodies = new BodyReader(settings.maxRequest().toBytes());
    this.splitting = new Splitting(settings.maxEvents());
    this.sampling = new Sampling(settings.sample());
  }

  /** What becomes of events that their stream cannot read. */
  enum Unreadable {
    /** The request is refused, nothing is kept. */
    REFUSE,
    /** They are sent as they are, without a key, and become dead letters when they are judged. */
    DEAD_LETTER
  }

  /**
   * What was taken.
   *
   * @param accepted events that the broker has acknowledged
   * @param unreadable those among them that will be dead letters
   * @param sampledOut events left out by the stream's sample
   */
  record Taken(int accepted, int unreadable, int sampledOut) {}

  /**
   * Takes those of a request.
   *
   * @param traceparent of what takes it; events go on with it
   */
  Taken take(
      String project,
      String name,
      Unreadable unreadable,
      HttpServletRequest request,
      @Nullable String traceparent) {
    DeclaredStreams.Declared stream = stream(project, name);
    var received = new Received(request, traceparent);
    PayloadForm form = received.form();
    try (InFlight.Lease lease = inFlight.lease()) {
      byte[] body = withoutMark(bodies.read(request, lease));
      List<Submitted> events = split(form, received, body);
      lease.take((long) IngestSettings.EVENT_OVERHEAD * events.size());
      var addressing = new Addressing(stream, received, sampling.samples(project, name));
      List<Addressed> addressed = address(events, addressing);
      int bad = check(addressed, unreadable);
      List<Addressed> kept =
          addressed.stream()
              .filter(one -> one.fault() != null || sampling.keeps(project, name, one.sampledBy()))
              .toList();
      deliveries.deliver(project, stream.type(), kept);
      forwarding.forward(received.copy(body));
      return counted(project, name, new Taken(kept.size(), bad, addressed.size() - kept.size()));
    } catch (RequestRefused refused) {
      if (refused.events() > 0) {
        figures.add(project, name, Outcome.REFUSED, refused.events());
      }
      throw refused;
    }
  }

  private DeclaredStreams.Declared stream(String project, String name) {
    return streams
        .find(project, name)
        .orElseThrow(
            () -> {
              List<String> names = streams.names(project);
              String known =
                  names.isEmpty() ? "no streams" : "the streams " + String.join(", ", names);
              return new RequestRefused(
                  HttpStatus.NOT_FOUND,
                  Suggestions.didYouMean(name, names)
                      .map(said -> "unknown stream '%s'; %s".formatted(name, said))
                      .orElse(
                          "unknown stream '%s'; this project's rules declare %s"
                              .formatted(name, known)));
            });
  }

  /** Some tools put it before UTF-8. */
  private static byte[] withoutMark(byte[] body) {
    boolean marked =
        body.length > 2
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }

  private List<Submitted> split(PayloadForm form, Received received, byte[] body) {
    if (form == PayloadForm.BINARY) {
      return List.of(new Submitted(1, body, received.attributes()));
    }
    if (body.length == 0) {
      throw new RequestRefused(HttpStatus.BAD_REQUEST, "needed events, got an empty body");
    }
    return switch (form) {
      case JSON -> splitting.json(body);
      case LINES -> splitting.lines(body);
      case STRUCTURED -> new CloudEvents(splitting).open(body, false);
      case BATCH -> new CloudEvents(splitting).open(body, true);
      case BINARY -> throw new IllegalStateException("seen above");
    };
  }

  private List<Addressed> address(List<Submitted> events, Addressing addressing) {
    List<Addressed> addressed = new ArrayList<>(events.size());
    List<Fault> large = new ArrayList<>();
    for (Submitted event : events) {
      Addressed one = addressing.address(event);
      addressed.add(one);
      if (one.bytes() > settings.maxEvent().toBytes()) {
        large.add(new Fault(one.position(), one.bytes() + " bytes"));
      }
    }
    if (!large.isEmpty()) {
      throw new RequestRefused(
              HttpStatus.CONTENT_TOO_LARGE,
              "an event has at most %d bytes with its headers; nothing was kept"
                  .formatted(settings.maxEvent().toBytes()))
          .because(large)
          .of(events.size());
    }
    return addressed;
  }

  /** How many cannot be read, if they may go on all the same. */
  private static int check(List<Addressed> addressed, Unreadable unreadable) {
    List<Fault> faults = new ArrayList<>();
    for (Addressed one : addressed) {
      if (one.fault() != null) {
        faults.add(new Fault(one.position(), one.fault()));
      }
    }
    if (!faults.isEmpty() && unreadable == Unreadable.REFUSE) {
      throw new RequestRefused(
              HttpStatus.BAD_REQUEST,
              "%d of %d events cannot be read; nothing was kept"
                  .formatted(faults.size(), addressed.size()))
          .because(faults)
          .of(addressed.size());
    }
    return faults.size();
  }

  private Taken counted(String project, String name, Taken taken) {
    figures.add(project, name, Outcome.ACCEPTED, taken.accepted() - taken.unreadable());
    figures.add(project, name, Outcome.UNREADABLE, taken.unreadable());
    figures.add(project, name, Outcome.SAMPLED_OUT, taken.sampledOut());
    return taken;
  }
}
