package io.assay.stream.contract;

import io.assay.imputation.AimNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The imputers that are in force, read and ready. One whose bytes have not come as a whole, or that
 * this program cannot read, changes nothing: the one before it stays, and it is told.
 */
public final class ImputersInUse implements ImputerListener {
  private static final Logger LOG = LoggerFactory.getLogger(ImputersInUse.class);

  private final Map<Id, Known> streams = new ConcurrentHashMap<>();

  private record Id(String project, String stream) {}

  /**
   * @param ready in the order in which they are wanted
   * @param refused why one that is wanted before them is not among them; empty where all are
   */
  private record Known(List<Ready> ready, String refused) {}

  /** An imputer that can be used. */
  public record Ready(ImputerCard card, AimNet imputer) {}

  /** What there is for a stream. */
  public sealed interface Found {
    /**
     * It is in force.
     *
     * @param refused why the one that is wanted before it is not; empty where it is that
     */
    record InForce(Ready ready, String refused) implements Found {}

    /** None is, and why. */
    record Missing(String why) implements Found {}
  }

  @Override
  public void changed(ImputerTable known, String project, String stream) {
    read(known, new Id(project, stream));
  }

  private void read(ImputerTable known, Id id) {
    List<Ready> before = streams.getOrDefault(id, new Known(List.of(), "")).ready();
    List<Ready> ready = new ArrayList<>();
    String refused = "";
    for (ImputerChoice choice : known.choices(id.project(), id.stream())) {
      try {
        ready.add(ready(known, id, choice.version(), before));
      } catch (IllegalArgumentException unusable) {
        if (ready.isEmpty() && refused.isEmpty()) {
          refused = "version %d is not used: %s".formatted(choice.version(), unusable.getMessage());
          LOG.warn("imputer of '{}' in '{}': {}", id.stream(), id.project(), refused);
        }
      }
    }
    if (ready.isEmpty() && !refused.isEmpty()) {
      ready = before; // what was in force is better than nothing
    }
    streams.put(id, new Known(List.copyOf(ready), refused));
  }

  private static Ready ready(ImputerTable known, Id id, long version, List<Ready> before) {
    ImputerVersion whole =
        known
            .version(id.project(), id.stream(), version)
            .orElseThrow(
                () -> new IllegalArgumentException("its bytes are not, or not all, in the topic"));
    for (Ready one : before) {
      if (one.card().equals(whole.card())) {
        return one;
      }
    }
    return new Ready(whole.card(), AimNet.read(whole.bytes()));
  }

  /**
   * @param groupHash of the group that the rules of now declare: what was learned of another is not
   *     in force
   */
  public Found of(String project, String stream, String groupHash) {
    Known known = streams.get(new Id(project, stream));
    if (known == null || (known.ready().isEmpty() && known.refused().isEmpty())) {
      return new Found.Missing("no version of it is in force yet");
    }
    for (Ready one : known.ready()) {
      if (one.card().groupHash().equals(groupHash)) {
        return new Found.InForce(one, known.refused());
      }
    }
    return new Found.Missing(
        known.ready().isEmpty()
            ? known.refused()
            : "version %d was learned of other fields, or other types of them, than the rules have now"
                .formatted(known.ready().getFirst().card().version()));
  }
}
