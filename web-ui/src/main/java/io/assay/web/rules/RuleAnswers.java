package io.assay.web.rules;

import io.assay.assertion.rule.Issue;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleSet;
import io.assay.web.access.SignedIn;
import io.assay.web.system.Broker;
import io.assay.web.system.Refused;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Publishes what a program sends, and says over HTTP what came of it. */
@Component
class RuleAnswers {
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"?([0-9]{1,18})\"?");

  private final KnownGenerations known;
  private final RulePublishing publishing;

  RuleAnswers(KnownGenerations known, RulePublishing publishing) {
    this.known = known;
    this.publishing = publishing;
  }

  /**
   * What a change follows.
   *
   * @param generation 0 where there are no rules
   */
  record Base(long generation, Optional<RuleContent> content) {}

  /**
   * Who publishes what, and how.
   *
   * @param home empty, or {@code web} to take the rules' home
   * @param note for whoever approves it, where that is needed; may be empty
   */
  record Wish(String project, SignedIn person, OptionalLong follows, String home, String note) {}

  /** Two who change the same generation must not overwrite each other; nothing for whichever. */
  static OptionalLong expected(@Nullable String match) {
    if (match == null) {
      throw new Refused(
          HttpStatus.PRECONDITION_REQUIRED,
          "publishing needs If-Match with the generation that these rules follow, as its ETag has"
              + " it: \"0\" for the first, * for whichever");
    }
    var tag = TAG.matcher(match.strip());
    if (match.strip().equals("*")) {
      return OptionalLong.empty();
    }
    if (!tag.matches()) {
      throw Refused.bad("If-Match needs a generation, got " + match);
    }
    return OptionalLong.of(Long.parseLong(tag.group(1)));
  }

  static Refused missing(long generation) {
    return new Refused(
        HttpStatus.NOT_FOUND, "there is no generation " + generation + " of the rules");
  }

  /** All rules, to take the place of those that they follow. */
  ResponseEntity<Object> publish(Wish wish, RuleContent content) {
    if (!wish.home().isEmpty() && !wish.home().equals("web")) {
      throw Refused.bad("home needs to be 'web', got '" + wish.home() + "'");
    }
    try {
      return answer(
          publishing.publish(
              wish.project(),
              content,
              wish.person(),
              wish.follows(),
              !wish.home().isEmpty(),
              wish.note().strip()),
          wish.follows());
    } catch (KafkaException failure) {
      throw new Refused(Broker.status(failure), publishing.told(failure));
    }
  }

  /**
   * A change of a part. Where it follows whichever, it is of what is in force now, and so it
   * follows that: what comes between is not undone.
   *
   * @param change the rules as they would be; {@link IllegalArgumentException} with what stands in
   *     the way
   */
  ResponseEntity<Object> change(Wish wish, Function<Base, RuleContent> change) {
    Base base = base(wish.project(), wish.follows());
    RuleContent content;
    try {
      content = change.apply(base);
    } catch (IllegalArgumentException wrong) {
      throw Refused.bad(String.valueOf(wrong.getMessage()));
    } catch (KafkaException failure) {
      throw new Refused(Broker.status(failure), publishing.told(failure));
    }
    return publish(
        new Wish(
            wish.project(),
            wish.person(),
            OptionalLong.of(base.generation()),
            wish.home(),
            wish.note()),
        content);
  }

  private Base base(String project, OptionalLong follows) {
    long generation =
        follows.orElseGet(() -> known.inForce(project).map(RuleGeneration::number).orElse(0L));
    return generation == 0
        ? new Base(0, Optional.empty())
        : new Base(
            generation,
            Optional.of(known.content(project, generation).orElseThrow(() -> missing(generation))));
  }

  private static ResponseEntity<Object> answer(
      RulePublishing.Result result, OptionalLong expected) {
    return switch (result) {
      case RulePublishing.Result.Done(var set, var isNew, var warnings) ->
          ResponseEntity.ok()
              .eTag(Long.toString(set.generation()))
              .body(
                  new RuleItems.Published(
                      RuleItems.Item.of(GenerationRow.of(set)),
                      isNew,
                      warnings.stream().map(RuleItems.IssueItem::of).toList()));
      case RulePublishing.Result.Wrong(var issues) ->
          problem(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "the rules have %d errors; nothing was published"
                  .formatted(issues.stream().filter(Issue::isError).count()),
              Map.of("issues", issues.stream().map(RuleItems.IssueItem::of).toList()));
      case RulePublishing.Result.Overtaken(var newest) ->
          overtaken(newest.map(RuleSet::generation).orElse(0L), expected.orElse(0));
      case RulePublishing.Result.Elsewhere(var newest) ->
          problem(
              HttpStatus.CONFLICT,
              "the rules are changed in %s (%s), not here; ?home=web moves them, once nobody publishes them from there"
                  .formatted(
                      newest.origin().place(),
                      newest.origin().home().name().toLowerCase(Locale.ROOT)),
              Map.of("home", newest.origin().home(), "place", newest.origin().place()));
      case RulePublishing.Result.Waiting(var proposal) ->
          ResponseEntity.accepted().body(RuleProposalItems.Item.of(proposal));
      case RulePublishing.Result.NoBroker() ->
          throw new Refused(
              HttpStatus.SERVICE_UNAVAILABLE,
              "rules are published on a broker, and assay.sink.bootstrap-servers is not set");
    };
  }

  private static ResponseEntity<Object> overtaken(long newest, long expected) {
    return problem(
        HttpStatus.PRECONDITION_FAILED,
        "generation %d is in force, and not %d; look at it, and publish again"
            .formatted(newest, expected),
        Map.of("generation", newest));
  }

  /** With more than words: for programs. */
  private static ResponseEntity<Object> problem(
      HttpStatus status, String detail, Map<String, Object> more) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(status.getReasonPhrase());
    more.forEach(problem::setProperty);
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
