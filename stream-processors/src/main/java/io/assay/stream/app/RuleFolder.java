package io.assay.stream.app;

import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.IssueRenderer;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.RuleWriter.Outcome;
import io.assay.stream.contract.TopicCreation;
import io.assay.stream.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder, or file, that is the home of a project's rules: whenever it has changed and holds, it
 * is published as the next generation. With a mistake in any file it is refused as a whole, and
 * what is published stays.
 *
 * <p>It is looked at once a second, and taken when two looks have seen the same: editors and Git
 * write files in parts.
 */
public final class RuleFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuleFolder.class);
  private static final long LOOK_EVERY_MILLIS = 1000;

  /** After which a Git at work is told of: it may have been killed. */
  private static final Duration GIT_AT_WORK = Duration.ofSeconds(30);

  private final Source source;
  private final ProcessorSettings settings;
  private final RuleWriter writer;
  private final String actor;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private final Clock clock = Clock.systemUTC();
  private volatile String problem = "";

  /** Why what was looked at last is not published; empty when it is. */
  private String objection = "";

  private Look seen;
  private @Nullable Look done;

  /**
   * What is watched.
   *
   * @param path the folder or file that is the home
   * @param beside files or folders that are read with it as one rule set
   * @param parameters values for the rules' {@code param}s that replace those in the text
   * @param takesHome whether rules whose home is the web are taken over
   */
  public record Source(
      Path path, List<Path> beside, Map<String, String> parameters, boolean takesHome) {
    public Source {
      beside = List.copyOf(beside);
      parameters = Map.copyOf(parameters);
    }

    /** One folder or file alone. */
    public Source(Path path, Map<String, String> parameters, boolean takesHome) {
      this(path, List.of(), parameters, takesHome);
    }

    private List<Path> all() {
      return Stream.concat(Stream.of(path), beside.stream()).toList();
    }

    /**
     * Looks whether it can be published as it is now.
     *
     * @param topics Assay's own, which rules may not name
     * @throws IllegalArgumentException if there are no rules, or some with mistakes; its message
     *     shows them
     */
    public void check(Topics topics) {
      RuleFolder.checked(this, topics);
    }

    /** What is there now, compiled. */
    private Compilation compiled(RuleContent content, Topics topics) {
      return new RuleCompiler(topics::owner).compile(content.files(), content.parameters());
    }
  }

  /** What was seen at a time. */
  private record Look(RuleContent content, String commit) {}

  private RuleFolder(Source source, Look first, ProcessorSettings settings) {
    this.source = source;
    this.seen = first;
    this.settings = settings;
    this.writer = new RuleWriter(KafkaSettings.clients(settings), settings.topics());
    this.actor = "processors " + shortened(InstanceName.of(settings.stateFolder()));
    this.thread = Thread.ofPlatform().name("assay-rule-folder").daemon().unstarted(this::run);
  }

  /**
   * Begins to watch; a broker that is missing is waited for.
   *
   * @throws IllegalArgumentException if there are no rules now, or some with mistakes; its message
   *     shows them
   */
  public static RuleFolder watch(Source source, ProcessorSettings settings) {
    var folder = new RuleFolder(source, checked(source, settings.topics()), settings);
    LOG.info("rules are published from {}", source.path().toAbsolutePath());
    folder.thread.start();
    return folder;
  }

  /** Why what the folder has is not published; empty when it is. */
  public String problem() {
    return problem;
  }

  private static Look checked(Source source, Topics topics) {
    Look first = look(source);
    Compilation compilation = source.compiled(first.content(), topics);
    if (compilation.rules().isEmpty()) {
      throw new IllegalArgumentException("the rules have errors:\n" + rendered(first, compilation));
    }
    return first;
  }

  private static Look look(Source source) {
    return new Look(
        RuleTexts.content(source.all(), source.parameters()),
        GitHead.of(source.path()).flatMap(GitHead::commit).orElse(""));
  }

  private static String rendered(Look look, Compilation compilation) {
    return new IssueRenderer(look.content().files()).render(compilation.issues()).stripTrailing();
  }

  /** People read who published: the first eight characters tell instances apart. */
  private static String shortened(String instance) {
    return instance.substring(0, Math.min(8, instance.length()));
  }

  private void run() {
    try {
      publish(seen);
      while (!stopping.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        try {
          turn();
        } catch (RuntimeException failure) {
          tell(
              "the rules in %s cannot be looked at, it is tried again: %s"
                  .formatted(source.path(), failure.getMessage()));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() throws InterruptedException {
    Optional<Path> lock = GitHead.of(source.path()).flatMap(GitHead::lock);
    if (lock.isPresent()) {
      waitForGit(lock.get());
      return;
    }
    Look now = look(source);
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(done)) {
      publish(now);
    } else if (settled) {
      tell(objection);
    }
  }

  private void waitForGit(Path lock) {
    Instant since;
    try {
      since = Files.getLastModifiedTime(lock).toInstant();
    } catch (IOException gone) {
      return;
    }
    if (Duration.between(since, clock.instant()).compareTo(GIT_AT_WORK) > 0) {
      tell(
          "the rules in %s are not looked at: Git is at work there since %s; if none runs, delete %s"
              .formatted(source.path(), since.truncatedTo(ChronoUnit.SECONDS), lock));
    }
  }

  private void publish(Look look) throws InterruptedException {
    Compilation compilation = source.compiled(look.content(), settings.topics());
    if (compilation.rules().isEmpty()) {
      done = look;
      object(
          "the rules in %s have errors, those of before go on:\n%s"
              .formatted(source.path(), rendered(look, compilation)));
      return;
    }
    try {
      makeTopics();
      take(writer.publish(request(look, compilation.rules().get().documentHash())));
      done = look;
    } catch (RuntimeException failure) {
      object(
          "the rules in %s could not be published, it is tried again: %s"
              .formatted(source.path(), failure.getMessage()));
    }
  }

  private RuleWriter.Request request(Look look, String documentHash) {
    RuleHome home = look.commit().isEmpty() ? RuleHome.FOLDER : RuleHome.GIT;
    return new RuleWriter.Request(
        settings.project(),
        look.content(),
        new RuleOrigin(
            home,
            source.path().toAbsolutePath().normalize().toString(),
            look.commit(),
            actor,
            clock.instant()),
        documentHash,
        OptionalLong.empty(),
        source.takesHome());
  }

  private void take(Outcome outcome) {
    Optional<String> refused =
        switch (outcome) {
          case Outcome.Published(var set) -> {
            LOG.info(
                "generation {} of the rules is published from {} {}",
                set.generation(),
                source.path(),
                set.origin().version());
            yield Optional.empty();
          }
          case Outcome.Unchanged ignored -> Optional.empty();
          case Outcome.Overtaken ignored ->
              throw new IllegalStateException("nothing was expected of the newest generation");
          case Outcome.Elsewhere(var newest) ->
              Optional.of(
                  "the home of the rules is the web since generation %d, %s is not published; set assay.take-rules-home=true (the demo: --take-rules-home) to move them here"
                      .formatted(newest.generation(), source.path()));
        };
    object(refused.orElse(""));
  }

  private void makeTopics() throws InterruptedException {
    try (Admin admin = Admin.create(KafkaSettings.admin(settings))) {
      TopicCreation.createMissing(admin, List.of(settings.topics().rulesPlan())).forEach(LOG::warn);
    }
  }

  private void object(String now) {
    objection = now;
    tell(now);
  }

  /** Once. */
  private void tell(String text) {
    if (!text.equals(problem) && !text.isEmpty()) {
      LOG.warn("{}", text);
    }
    problem = text;
  }

  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.interrupt();
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
