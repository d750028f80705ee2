package io.assay.web.erasure;

import io.assay.stream.archive.ArchiveErasure;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.contract.Topics;
import io.assay.web.erasure.DatabaseErasure.Subject;
import io.assay.web.erasure.Erased.Outcome;
import io.assay.web.retention.TopicRetention;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where a key may stand, in the order in which it is erased: what finds others goes last. */
@Component
class ErasureSteps {
  /** Tasks look once a second, and where time decides nothing hear once a minute how far all is. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What a task has told before it forgot is in the database by then. */
  private static final Duration TO_BE_STORED = Duration.ofSeconds(5);

  private final DatabaseErasure database;
  private final ErasedTasks tasks;
  private final TopicRetention retention;
  private final ActiveRules rules;
  private final Topics topics;
  private final Optional<Path> archive;
  private final Duration patience;
  private final Clock clock;

  ErasureSteps(
      DatabaseErasure database,
      ErasedTasks tasks,
      TopicRetention retention,
      ActiveRules rules,
      Environment environment,
      Clock clock) {
    this.database = database;
    this.tasks = tasks;
    this.retention = retention;
    this.rules = rules;
    this.topics = Broker.topics(environment);
    this.archive =
        Optional.ofNullable(environment.getProperty("assay.archive.folder")).map(Path::of);
    this.patience = environment.getProperty("assay.erasure.patience", Duration.class, PATIENCE);
    this.clock = clock;
  }

  /**
   * What is to be done.
   *
   * @param digest by which tasks are told of the key
   */
  record Work(long id, String digest, Instant asked, Subject subject) {}

  /** One place. */
  interface Step {
    /** Empty while it waits for others: then it is asked again. */
    Optional<Erased> take(Work work);
  }

  /**
   * By name; each may be done again. Processors come first: what they have told until then is gone
   * with the rest.
   */
  Map<String, Step> all() {
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put("processors", this::processors);
    steps.put("labels", of(subject -> Erased.gone(database.labels(subject))));
    steps.put("reviews", of(subject -> Erased.gone(database.reviews(subject))));
    steps.put("alerts", of(subject -> Erased.gone(database.told(subject))));
    steps.put("broken", of(subject -> Erased.gone(database.broken(subject))));
    steps.put("evidence", of(subject -> Erased.gone(database.evidence(subject))));
    steps.put("rows", of(this::rows));
    // Behind all that exports read: what is written from now on has nothing of the key.
    steps.put("exports", of(this::exports));
    steps.put("archive", of(this::archive));
    steps.put("topics", of(this::topics));
    steps.put("imputers", of(this::imputers));
    steps.put("left", of(this::left));
    return steps;
  }

  private static Step of(Function<Subject, Erased> step) {
    return work -> Optional.of(step.apply(work.subject()));
  }

  /** They are waited for, but not for long: who is away forgets when he is back. */
  private Optional<Erased> processors(Work work) {
    Subject subject = work.subject();
    if (!tasks.isConnected()) {
      return Optional.of(
          new Erased(
              Outcome.BY_HAND,
              0,
              Broker.SERVERS
                  + " is not set here: nobody can tell the processors to forget the key"));
    }
    boolean isPatient = clock.instant().isBefore(work.asked().plus(patience));
    try {
      tasks.ask(subject.project(), work.id(), subject.stream(), work.digest());
    } catch (KafkaException failure) {
      return isPatient
          ? Optional.empty()
          : Optional.of(
              new Erased(
                  Outcome.BY_HAND,
                  0,
                  "the processors could not be told to forget the key, ask once more: "
                      + tasks.told(failure)));
    }
    List<ErasedTasks.Task> all = tasks.of(subject.project(), work.id());
    Optional<Instant> last =
        all.stream().map(ErasedTasks.Task::at).filter(Objects::nonNull).max(Instant::compareTo);
    long open = all.stream().filter(one -> one.at() == null).count();
    boolean isStored = last.map(at -> at.plus(TO_BE_STORED).isBefore(clock.instant())).orElse(true);
    if (isPatient && (open > 0 || !isStored)) {
      return Optional.empty();
    }
    return Optional.of(forgotten(all, open, last));
  }

  private static Erased forgotten(List<ErasedTasks.Task> all, long open, Optional<Instant> last) {
    long gone = all.stream().mapToLong(ErasedTasks.Task::gone).sum();
    if (all.isEmpty()) {
      return new Erased(Outcome.NOTHING, 0, "no task has said that it judges the stream");
    }
    if (open > 0) {
      return new Erased(
          Outcome.WAITS,
          gone,
          """
          %d of %d tasks had forgotten it when the rest went on; the others do as soon as they run, which is told \
          below: then ask once more, since what they told until then is stored\
          """
              .formatted(all.size() - open, all.size()));
    }
    return new Erased(
        gone > 0 ? Outcome.ERASED : Outcome.NOTHING,
        gone,
        "forgotten by all %d tasks, the last at %s; what comes of the key from then on is new"
            .formatted(all.size(), last.orElse(Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS)));
  }

  private Erased rows(Subject subject) {
    Map<String, Long> gone = database.keyed(subject);
    gone.put(
        "window_figures",
        database.windows(
            subject,
            rules.stream(subject.project(), subject.stream()).map(one -> one.key().name())));
    long sum = gone.values().stream().mapToLong(Long::longValue).sum();
    String note =
        gone.entrySet().stream()
            .filter(one -> one.getValue() > 0)
            .map(one -> one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining(", "));
    return new Erased(sum > 0 ? Outcome.ERASED : Outcome.NOTHING, sum, note);
  }

  private Erased exports(Subject subject) {
    long files = database.exports(subject);
    return files == 0
        ? Erased.gone(0)
        : new Erased(
            Outcome.ERASED,
            files,
            "all exported files that are kept here, whosever samples they have: what is started"
                + " again is without the key; copies that were fetched are where they were taken"
                + " to");
  }

  private Erased archive(Subject subject) {
    Optional<Path> folder = archive.filter(Files::isDirectory);
    if (folder.isEmpty()) {
      return new Erased(
          Outcome.BY_HAND,
          0,
          "assay.archive.folder is not set here, or is no folder: if the processors keep an"
              + " archive, start the web interface with it and ask again");
    }
    ArchiveErasure.Erased erased =
        new ArchiveErasure(new FolderStore(folder.get()), subject.project(), folder.get())
            .erase(subject.stream(), subject.key());
    return new Erased(
        erased.records() > 0 ? Outcome.ERASED : Outcome.NOTHING,
        erased.records(),
        "%d segments were written anew; what the processors have read and not rolled yet follows, so ask once more in an hour"
            .formatted(erased.segments()));
  }

  /** Records cannot be taken out of a topic: when the broker drops them is all there is to say. */
  private Erased topics(Subject subject) {
    TopicRetention.Told told = retention.of(subject.project());
    String own =
        rules.stream(subject.project(), subject.stream()).map(stream -> stream.topic()).orElse("");
    Instant latest = Instant.EPOCH;
    boolean byHand = !told.trouble().isEmpty();
    var notes = new StringBuilder(told.trouble());
    for (TopicRetention.Kept kept : told.topics()) {
      if (!holdsEvents(kept.topic(), own)
          && !kept.topic().equals(topics.imputed(subject.project(), subject.stream()))) {
        continue;
      }
      if (kept.isDeleted()) {
        Instant until =
            clock
                .instant()
                .plus(Duration.ofMillis(kept.millis()))
                .plus(Duration.ofMillis(kept.segmentMillis()))
                .truncatedTo(ChronoUnit.MINUTES);
        latest = until.isAfter(latest) ? until : latest;
        add(notes, "%s until %s".formatted(kept.topic(), until));
      } else {
        byHand = true;
        add(
            notes,
            kept.isCompacted()
                ? "%s is compacted: send a record with this key and no value"
                    .formatted(kept.topic())
                : "%s is kept for ever: set its retention.ms, or delete records with kafka-delete-records"
                    .formatted(kept.topic()));
      }
    }
    add(
        notes,
        "what processors remembered is a tombstone in their -changelog topics, and in %s: the broker takes out what stood before when it cleans them, after segment.ms and min.cleanable.dirty.ratio"
            .formatted(topics.silent()));
    return new Erased(byHand ? Outcome.BY_HAND : Outcome.KEPT_UNTIL, 0, notes.toString());
  }

  /** Those of ours that carry events, violations or what people say; and the stream's own. */
  private boolean holdsEvents(String topic, String own) {
    return topic.equals(own)
        || topic.equals(topics.violations())
        || topic.equals(topics.samples())
        || topic.equals(topics.labels())
        || topic.equals(topics.deadLetters())
        || topic.equals(topics.late())
        || topic.equals(topics.ticks())
        || topic.equals(topics.partials())
        || topic.equals(topics.awaiting());
  }

  private static void add(StringBuilder notes, String note) {
    notes.append(notes.isEmpty() ? "" : "; ").append(note);
  }

  /** Nothing is kept between two trainings; a version holds no rows, but has learned of them. */
  private Erased imputers(Subject subject) {
    boolean imputed =
        rules.stream(subject.project(), subject.stream())
            .filter(stream -> stream.imputed().isPresent())
            .isPresent();
    long newest = database.newestImputer(subject);
    if (!imputed && newest == 0) {
      return new Erased(Outcome.NOTHING, 0, "");
    }
    return newest == 0
        ? new Erased(
            Outcome.NOTHING, 0, "none is trained yet, and the first is learned without the key")
        : new Erased(
            Outcome.KEPT_UNTIL,
            0,
            "versions up to %d hold no rows, but may have been learned of the key's; the next is learned without them"
                    .formatted(newest)
                + (imputed ? "" : ", once the stream has its impute clause again"));
  }

  private Erased left(Subject subject) {
    Map<String, Long> left = database.left(subject);
    return left.isEmpty()
        ? new Erased(Outcome.NOTHING, 0, "")
        : new Erased(
            Outcome.BY_HAND,
            left.values().stream().mapToLong(Long::longValue).sum(),
            "it still stands in "
                + left.entrySet().stream()
                    .map(one -> "%s (%d)".formatted(one.getKey(), one.getValue()))
                    .collect(Collectors.joining(", "))
                + ": what people wrote, or another stream's key of the same name");
  }
}
