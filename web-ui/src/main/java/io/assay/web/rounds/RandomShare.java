package io.assay.web.rounds;

import io.assay.assertion.eval.WholeEvents;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events that nothing has chosen: the only ones that tell what rules miss. */
public final class RandomShare {
  private static final Logger LOG = LoggerFactory.getLogger(RandomShare.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Optional<RandomEvents> events;

  /** {@code events}: none where there is no broker. */
  RandomShare(Optional<RandomEvents> events) {
    this.events = events;
  }

  /**
   * An event, as an item holds it.
   *
   * @param item what the item is called
   * @param json an object of {@code id}, {@code at}, {@code source} and {@code fields}
   * @param of how many were drawn of its stream, and {@code probability} of each draw
   */
  public record Drawn(
      String item,
      String stream,
      String key,
      Instant at,
      String json,
      int of,
      double probability) {}

  /** How many of a round's budget it is; 0 where there is no broker. */
  int of(int budget) {
    return events.isEmpty() ? 0 : (int) Math.round(budget * Sampled.randomShare());
  }

  /**
   * Of each stream as many; fewer, or none, where there are no more or the broker does not let us.
   * It waits for the broker: not in a transaction.
   */
  List<Drawn> draw(List<StreamType> streams, int share, Instant since, long seed) {
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < streams.size() && events.isPresent(); i++) {
      int part = share * (i + 1) / streams.size() - share * i / streams.size();
      drawn.addAll(draw(streams.get(i), part, since, seed + i));
    }
    return drawn;
  }

  /**
   * Of one stream; none where the broker does not let us.
   *
   * @param since events that the broker took before are left out
   * @param seed the same draws the same of the same events
   */
  public List<Drawn> draw(StreamType stream, int count, Instant since, long seed) {
    if (events.isEmpty()) {
      return List.of();
    }
    try {
      RandomEvents.Draw found = events.get().draw(stream, count, since, seed);
      return found.events().stream().map(one -> drawn(stream, one, found)).toList();
    } catch (KafkaException failure) {
      LOG.warn("no events of {} are drawn at random: {}", stream.name(), failure.getMessage());
      return List.of();
    }
  }

  private static Drawn drawn(StreamType stream, WholeEvents.Whole one, RandomEvents.Draw draw) {
    Event event = one.event();
    String declared = event.declaredId();
    String id =
        declared == null
            ? "%s-%d@%d"
                .formatted(
                    event.source().topic(), event.source().partition(), event.source().offset())
            : declared;
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    json.put("at", event.at());
    json.putObject("source")
        .put("topic", event.source().topic())
        .put("partition", event.source().partition())
        .put("offset", event.source().offset());
    json.set("fields", JSON.readTree(one.json()));
    return new Drawn(
        name(stream.name() + '/' + id),
        stream.name(),
        event.key(),
        Instant.ofEpochSecond(0, event.at()),
        json.toString(),
        draw.events().size(),
        1.0 / draw.records());
  }

  /** Ids may be of any length, and hold what an address cannot. */
  private static String name(String event) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(event.getBytes(StandardCharsets.UTF_8));
      return "random-" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
