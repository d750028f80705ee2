package io.assay.web.labels.studio;

import io.assay.stream.contract.LabelRecord;
import io.assay.web.ingest.LabelIntake;
import io.assay.web.labels.RefusedLabels;
import io.assay.web.labels.studio.StudioProjects.Linked;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Takes what Label Studio tells, and asks it now and then for what it could not tell. A label that
 * came by both ways is one.
 */
@Component
class StudioLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(StudioLoop.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  /** Its clock and ours may differ, and an answer may take a while to be written there. */
  private static final Duration OVERLAP = Duration.ofHours(1);

  private final StudioSettings settings;
  private final StudioProjects projects;
  private final LabelIntake intake;
  private final RefusedLabels refusals;
  private final Clock clock;
  private volatile Optional<StudioInbox> inbox = Optional.empty();
  private volatile Optional<Thread> poller = Optional.empty();

  StudioLoop(
      StudioSettings settings,
      StudioProjects projects,
      LabelIntake intake,
      RefusedLabels refusals,
      Clock clock) {
    this.settings = settings;
    this.projects = projects;
    this.intake = intake;
    this.refusals = refusals;
    this.clock = clock;
  }

  private void refused(String project, String why) {
    refusals.note(project, "label-studio", "", why);
  }

  /** Keeps what was told for later; returns whether there was room. */
  boolean offer(String project, Predicate<String> reaches, byte[] body) {
    return inbox.map(open -> open.offer(project, reaches, body)).orElse(false);
  }

  @Override
  public void start() {
    inbox = Optional.of(StudioInbox.start(intake::send, this::refused, clock, FIRST_PAUSE));
    if (settings.poll().isPositive()) {
      settings
          .address()
          .ifPresent(
              at -> poller = Optional.of(Thread.ofVirtual().name("studio").start(() -> poll(at))));
    }
  }

  private void poll(URI address) {
    try (var client = new StudioClient(settings, address)) {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          projects.takeDue(settings.poll()).ifPresent(linked -> ask(client, linked));
        } catch (RuntimeException failure) {
          LOG.warn("labels were not asked for, and it is tried again: {}", failure.getMessage());
        }
        Thread.sleep(BETWEEN);
      }
    } catch (InterruptedException stopping) {
      LOG.debug("no more is asked of Label Studio");
    }
  }

  private void ask(StudioClient client, Linked linked) {
    Instant began = clock.instant();
    Instant since = linked.asked().map(at -> at.minus(OVERLAP)).orElse(Instant.EPOCH);
    int page = 1;
    Optional<JsonNode> tasks = client.tasks(linked.number(), page);
    while (tasks.isPresent()) {
      List<LabelRecord> labels =
          StudioAnnotations.since(since, linked.project(), tasks.get(), clock.instant());
      if (!labels.isEmpty()) {
        intake.send(labels);
      }
      // The last page may be asked for twice: not every version refuses one behind it.
      boolean last = tasks.get().size() < StudioClient.PAGE;
      tasks = last ? Optional.empty() : client.tasks(linked.number(), ++page);
    }
    projects.asked(linked, began);
  }

  @Override
  public void stop() {
    inbox.ifPresent(StudioInbox::close);
    poller.ifPresent(Thread::interrupt);
    inbox = Optional.empty();
    poller = Optional.empty();
  }

  @Override
  public boolean isRunning() {
    return inbox.isPresent();
  }
}
