package io.assay.web.firstrun;

import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The steps of a first run, for programs of authors; rules are published as any others. */
@RestController
@RequestMapping("/api/v1/projects/{project}")
class FirstRunApi {
  private final FirstRun run;

  FirstRunApi(FirstRun run) {
    this.run = run;
  }

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  @GetMapping("/topics")
  List<TopicChoices.Choice> topics(@PathVariable String project) {
    return run.topics(project);
  }

  /** A stream's block; {@code trouble}: what someone has to do first; empty where it is whole. */
  record Suggestion(String block, List<String> notes, String trouble) {}

  @GetMapping("/topics/{topic}/stream")
  Suggestion stream(@PathVariable String project, @PathVariable String topic) {
    StreamGuess guess = run.guess(project, topic, run.sample(project, topic));
    return new Suggestion(guess.text(), guess.notes(), guess.trouble().orElse(""));
  }

  @GetMapping("/streams/{stream}/gallery")
  List<Offers.Offer> gallery(@PathVariable String project, @PathVariable String stream) {
    return run.offers(project, stream);
  }
}
