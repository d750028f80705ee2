package io.assay.web.firstrun;

import io.assay.web.access.SignedIn;
import io.assay.web.rules.RuleAdding;
import io.assay.web.system.Broker;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The steps of a first run, for programs of authors: from a topic to a rule that fires. */
@RestController
@RequestMapping("/api/v1/projects/{project}")
class FirstRunApi {
  private static final int MOST = 500;
  private static final int MOST_BYTES = 256 * 1024;

  private final FirstRun run;
  private final RuleAdding adding;

  FirstRunApi(FirstRun run, RuleAdding adding) {
    this.run = run;
    this.adding = adding;
  }

  /** By name. */
  @GetMapping("/topics")
  Listing<TopicChoices.Choice> topics(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.within(
        run.topics(project), after, limit, one -> one, TopicChoices.Choice::topic);
  }

  /**
   * A stream's block.
   *
   * @param events that were looked at
   * @param trouble what someone has to do first; empty where it is whole
   */
  record Suggestion(String block, List<String> notes, int events, String trouble) {}

  @GetMapping("/topics/{topic}/stream")
  Suggestion stream(@PathVariable String project, @PathVariable String topic) {
    EventSample sample = run.sample(project, topic);
    StreamGuess guess = run.guess(project, topic, sample);
    return new Suggestion(
        guess.text(), guess.notes(), sample.events().size(), guess.trouble().orElse(""));
  }

  /** A block of a rule file. */
  record Wish(@Nullable String text) {}

  /**
   * What is wrong with a block, and nothing was published.
   *
   * @param name of what it declares, and {@code file} in which it would stand
   * @param mistakes with carets, for people; empty where there are none
   */
  record Checked(String name, String file, String mistakes) {}

  /** A stream as it would be declared. */
  @TakesJson(Wish.class)
  @PostMapping("/streams/check")
  Checked checkStream(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    String text = text(request, "a stream");
    String name = Block.name(text, "stream");
    String file = Block.file(name);
    return new Checked(name, file, adding.check(project, file, text, person).mistakes());
  }

  /**
   * A block that is in force.
   *
   * @param name of what it declares
   * @param generation in which it came
   */
  record Added(String name, String file, long generation) {}

  /** A block that waits for a second person. */
  record Waiting(long proposal, String why) {}

  /** Declares a stream: its block is published behind what is in force. */
  @TakesJson(Wish.class)
  @PostMapping("/streams")
  ResponseEntity<Object> addStream(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    String text = text(request, "a stream");
    String name = Block.name(text, "stream");
    return added(project, name, Block.file(name), text, person);
  }

  /** Assertions that a stream's fields allow for, by name, without those that it has. */
  @GetMapping("/streams/{stream}/gallery")
  Listing<Offers.Offer> gallery(
      @PathVariable String project,
      @PathVariable String stream,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.within(
        run.offers(project, stream), after, limit, one -> one, Offers.Offer::name);
  }

  /**
   * What an assertion would have said of the last events.
   *
   * @param mistakes with carets, for people; where there are any, nothing was judged
   * @param unreadable records that are no events
   */
  record Tried(String mistakes, long events, long unreadable, List<SaidItem> said) {
    static Tried of(String mistakes, Rehearsal rehearsal) {
      return new Tried(
          mistakes,
          rehearsal.events(),
          rehearsal.unreadable(),
          rehearsal.said().stream().map(SaidItem::of).toList());
    }
  }

  /**
   * What one said.
   *
   * @param error why it stopped judging; empty where it did not
   * @param first the first of its violations, masked as live ones are
   */
  record SaidItem(
      String assertion,
      long judged,
      long undecided,
      long violations,
      String error,
      List<FiredItem> first) {
    static SaidItem of(Rehearsal.Said said) {
      return new SaidItem(
          said.assertion(),
          said.judged(),
          said.undecided(),
          said.violations(),
          said.error(),
          said.first().stream()
              .map(one -> new FiredItem(one.at().instant(), one.key(), one.sentence()))
              .toList());
    }
  }

  /** One violation. */
  record FiredItem(Instant at, String key, String sentence) {}

  /** Judges the stream's last events by an assertion; nothing is published. */
  @TakesJson(Wish.class)
  @PostMapping("/streams/{stream}/rules/try")
  Tried tryRule(
      @PathVariable String project,
      @PathVariable String stream,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    String text = text(request, "an assertion");
    RuleAdding.Checked checked = adding.check(project, Block.file(stream), text, person);
    try {
      return checked
          .rules()
          .map(rules -> Tried.of(checked.mistakes(), run.rehearse(project, rules)))
          .orElseGet(() -> new Tried(checked.mistakes(), 0, 0, List.of()));
    } catch (KafkaException failure) {
      throw new Refused(Broker.status(failure), String.valueOf(failure.getMessage()));
    }
  }

  /** Publishes an assertion of a stream behind what is in force. */
  @TakesJson(Wish.class)
  @PostMapping("/streams/{stream}/rules")
  ResponseEntity<Object> addRule(
      @PathVariable String project,
      @PathVariable String stream,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    String text = text(request, "an assertion");
    return added(project, Block.name(text, "assertion"), Block.file(stream), text, person);
  }

  private static String text(HttpServletRequest request, String what) {
    String text = JsonBody.read(request, Wish.class, what, MOST_BYTES).text();
    if (text == null || text.isBlank()) {
      throw Refused.bad(what + " needs a text, got nothing");
    }
    return text;
  }

  private ResponseEntity<Object> added(
      String project, String name, String file, String text, SignedIn person) {
    return switch (adding.add(project, file, text, person)) {
      case RuleAdding.Outcome.Done(long generation) ->
          ResponseEntity.ok(new Added(name, file, generation));
      case RuleAdding.Outcome.Wrong(String mistakes) ->
          throw new Refused(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "the rules would have mistakes, and nothing was published:\n" + mistakes);
      case RuleAdding.Outcome.Waiting(long proposal, String why) ->
          ResponseEntity.accepted().body(new Waiting(proposal, why));
      case RuleAdding.Outcome.Refused(HttpStatus status, String why) ->
          throw new Refused(status, why);
    };
  }

  /** What an assertion in force would have said of the last events of its topics. */
  @GetMapping("/assertions/{assertion}/past")
  Tried past(@PathVariable String project, @PathVariable String assertion) {
    try {
      return Tried.of("", run.past(project, assertion));
    } catch (KafkaException failure) {
      throw new Refused(Broker.status(failure), String.valueOf(failure.getMessage()));
    }
  }
}
