package io.assay.web.aside;

import io.assay.stream.contract.Topics;
import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Ends;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.ReplayNote;
import io.assay.stream.repair.ReplayNotes;
import io.assay.web.system.Broker;
import io.assay.web.system.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What was put aside, as it stands on the broker. A few read at once: each may read a topic. */
final class AsideRecords {
  private static final int AT_ONCE = 4;

  private final Optional<Map<String, Object>> clients;
  private final Topics topics;
  private final Semaphore free = new Semaphore(AT_ONCE);

  /** A record, and its newest replay. */
  record Noted(PutAside record, Optional<ReplayNote> note) {}

  /**
   * Some of them.
   *
   * @param next null where these are the last
   * @param upTo how far what was put aside went, unless the query said how far is meant
   */
  record Listing(List<Noted> records, @Nullable Position next, Ends upTo) {}

  /** {@code clients}: settings of Kafka's clients; none where there is no broker. */
  AsideRecords(Optional<Map<String, Object>> clients, Topics topics) {
    this.clients =
        clients.map(
            given -> {
              var bounded = new HashMap<>(given);
              bounded.putIfAbsent("request.timeout.ms", 5_000);
              bounded.putIfAbsent("default.api.timeout.ms", 10_000);
              return bounded;
            });
    this.topics = topics;
  }

  Topics topics() {
    return topics;
  }

  boolean isConnected() {
    return clients.isPresent();
  }

  /**
   * @throws Refused where there is no broker
   */
  Map<String, Object> clients() {
    return clients.orElseThrow(
        () ->
            new Refused(
                HttpStatus.SERVICE_UNAVAILABLE,
                "what was put aside is on a broker, and assay.sink.bootstrap-servers is not set"));
  }

  /** Without payloads, the oldest first. */
  Listing list(AsideQuery query, int limit) {
    return read(
        query.late(),
        reader -> {
          Ends upTo = upTo(reader, query.filter());
          AsideReader.Page page =
              reader.page(query.filter().upTo(upTo), query.after().orElse(null), limit);
          ReplayNotes notes = ReplayNotes.read(clients(), topics, query.filter().project());
          return new Listing(
              page.records().stream().map(one -> new Noted(one, notes.of(one))).toList(),
              page.next(),
              upTo);
        });
  }

  /** How far a filter means, or how far there is something. */
  static Ends upTo(AsideReader reader, AsideFilter filter) {
    Ends given = filter.upTo();
    return given == null ? reader.ends() : given;
  }

  /**
   * With its payload.
   *
   * @throws Refused where the project has none there
   */
  Noted one(String project, boolean late, Position position) {
    return read(
        late,
        reader -> {
          PutAside found = one(reader, project, late, position);
          return new Noted(found, ReplayNotes.read(clients(), topics, project).of(found));
        });
  }

  /** What is another project's is not told from what is not there. */
  static PutAside one(AsideReader reader, String project, boolean late, Position position) {
    return reader
        .read(position)
        .filter(found -> found.project().equals(project))
        .orElseThrow(
            () ->
                new Refused(
                    HttpStatus.NOT_FOUND,
                    "there is no %s at %s; it may have been deleted by age"
                        .formatted(late ? "late event" : "dead letter", position)));
  }

  static Position position(String text) {
    return Position.parse(text)
        .orElseThrow(
            () ->
                Refused.bad(
                    "a position is PARTITION@OFFSET such as 2@17, got '%s'".formatted(text)));
  }

  /**
   * @throws Refused where the broker refuses or does not answer, or too many ask
   */
  <T> T read(boolean late, Function<AsideReader, T> question) {
    Map<String, Object> settings = clients();
    if (!free.tryAcquire()) {
      throw new Refused(
          HttpStatus.SERVICE_UNAVAILABLE, "%d others read what was put aside".formatted(AT_ONCE));
    }
    try (AsideReader reader =
        late ? AsideReader.late(settings, topics) : AsideReader.deadLetters(settings, topics)) {
      return question.apply(reader);
    } catch (KafkaException failure) {
      throw new Refused(Broker.status(failure), Broker.told(settings, failure));
    } finally {
      free.release();
    }
  }
}
