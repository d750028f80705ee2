package io.assay.stream.repair;

import io.assay.stream.contract.TopicCreation;
import io.assay.stream.contract.Topics;
import io.assay.stream.repair.Round.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Replays records that were put aside, each once (ADR 33): to their topics, or in their keys'
 * history.
 *
 * <p>What is sent and the note are one transaction, of those together that are judged together.
 * Whoever replays takes the project's turn and reads the notes then: two who replay the same at
 * once cannot both find it not yet done.
 */
public final class Replayer {
  private static final int MOST_ATTEMPTS = 8;

  private final Map<String, Object> clients;
  private final Topics topics;
  private final String project;
  private final Clock clock;
  private final @Nullable Rejudge rejudge;

  /**
   * What became of a record.
   *
   * @param aside without what it held
   * @param sentTo {@code TOPIC-PARTITION@OFFSET}; empty where it was not, or only would be
   */
  public record Outcome(PutAside aside, ReplayPlan plan, String sentTo) {}

  /**
   * One that sends records to their topics.
   *
   * @param clients settings of Kafka's clients, the bootstrap servers among them
   */
  public Replayer(Map<String, ?> clients, Topics topics, String project, Clock clock) {
    this(clients, topics, project, clock, null);
  }

  private Replayer(
      Map<String, ?> clients,
      Topics topics,
      String project,
      Clock clock,
      @Nullable Rejudge rejudge) {
    this.rejudge = rejudge;
    this.clients = Map.copyOf(clients);
    this.topics = topics;
    this.project = project;
    this.clock = clock;
  }

  /** One that sends what judging them in their keys' history finds. */
  public Replayer rejudging(Rejudge how) {
    return new Replayer(clients, topics, project, clock, how);
  }

  /** Whether records are judged together, and therefore better replayed together. */
  boolean isRejudging() {
    return rejudge != null;
  }

  /** Tells of each what would become of it. */
  public void plan(List<Chosen> chosen, ReplayPlan.Wish wish, Consumer<Outcome> told) {
    for (Round round : rounds(chosen, wish, told)) {
      for (Step step : round.plan(round.chosen())) {
        told.accept(new Outcome(step.chosen().aside().brief(), step.plan(), ""));
      }
    }
  }

  /**
   * Replays them, and tells of each what became of it as soon as that is certain. Those that are
   * told of are done, whatever happens then; whoever asks again finds them replayed.
   *
   * @param chosen no record twice
   * @throws KafkaException if the broker does not answer as needed
   */
  public void replay(List<Chosen> chosen, ReplayPlan.Wish wish, Consumer<Outcome> told) {
    createNotes();
    try (var turn = new Turn(clients, topics, project)) {
      for (Round round : rounds(chosen, wish, told)) {
        replay(round, turn, wish, told);
      }
    }
  }

  private List<Round> rounds(List<Chosen> chosen, ReplayPlan.Wish wish, Consumer<Outcome> told) {
    chosen.forEach(each -> requireOwn(each.aside()));
    List<Chosen> open = open(chosen, ReplayNotes.read(clients, topics, project), wish, told);
    if (rejudge != null) {
      return rejudge.rounds(open, topics);
    }
    return List.of(new Round(open, new Append(clients)::plan));
  }

  private void requireOwn(PutAside aside) {
    if (!aside.project().equals(project)) {
      throw new IllegalArgumentException(
          "%s is of project '%s', not of '%s'".formatted(aside.name(), aside.project(), project));
    }
  }

  /** Those that are to be replayed; of the others it is told that they were. */
  private static List<Chosen> open(
      List<Chosen> chosen, ReplayNotes notes, ReplayPlan.Wish wish, Consumer<Outcome> told) {
    List<Chosen> open = new ArrayList<>();
    for (Chosen each : chosen) {
      Optional<ReplayNote> note = wish.again() ? Optional.empty() : notes.of(each.aside());
      if (note.isPresent()) {
        told.accept(new Outcome(each.aside().brief(), new ReplayPlan.Replayed(note.get()), ""));
      } else {
        open.add(each);
      }
    }
    return open;
  }

  /**
   * Judged before the turn is taken, so that two who take it from each other both come to an end.
   */
  private void replay(Round round, Turn turn, ReplayPlan.Wish wish, Consumer<Outcome> told) {
    List<Chosen> open = round.chosen();
    List<Step> steps = round.plan(open);
    for (int attempt = 1; !open.isEmpty(); attempt++) {
      try {
        List<Chosen> left = open(open, turn.take(), wish, told);
        steps = left.size() == open.size() ? steps : round.plan(left);
        open = left;
        turn.commit(steps, step -> note(step, wish)).forEach(told);
        return;
      } catch (ProducerFencedException | InvalidProducerEpochException other) {
        turn.close();
        if (attempt == MOST_ATTEMPTS) {
          throw other;
        }
      }
    }
  }

  private ReplayNote note(Step step, ReplayPlan.Wish wish) {
    var way = rejudge == null ? ReplayNote.Way.APPEND : ReplayNote.Way.REJUDGE;
    return new ReplayNote(clock.millis(), wish.by(), step.chosen().aside().source(), way);
  }

  private void createNotes() {
    try (Admin admin = Admin.create(clients)) {
      TopicCreation.createMissing(admin, List.of(topics.repairsPlan()));
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
