package io.assay.web.imputation;

import io.assay.stream.contract.ImputersInUse;
import io.assay.stream.contract.ImputersInUse.Found;
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.access.Machine;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Where programs have gaps filled before they ask a model. */
@RestController
class ImputeEndpoint {
  private final KnownImputers known;
  private final ActiveRules rules;
  private final Map<Id, Fillers> fillers = new ConcurrentHashMap<>();

  private record Id(String project, String stream) {}

  ImputeEndpoint(KnownImputers known, ActiveRules rules) {
    this.known = known;
    this.rules = rules;
  }

  /**
   * Records with their gaps filled.
   *
   * @param version of the imputer that filled them
   */
  record Completed(String stream, long version, List<ObjectNode> records) {}

  @ExceptionHandler
  ResponseEntity<Object> refused(Refused refused, HttpServletRequest request) {
    return refused.answer(request.getRequestURI());
  }

  @PostMapping(
      path = "/api/v1/projects/{project}/impute",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  Completed impute(
      @PathVariable String project,
      @AuthenticationPrincipal @Nullable Machine machine,
      HttpServletRequest request)
      throws IOException {
    ImputeRequest wanted = ImputeRequest.read(body(request));
    if (machine != null && !machine.reaches(wanted.stream())) {
      throw new Refused(
          HttpStatus.FORBIDDEN, "this token is not for stream '%s'".formatted(wanted.stream()));
    }
    ImputedStream stream =
        rules
            .of(project)
            .flatMap(set -> ImputedStream.of(set, wanted.stream()))
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.NOT_FOUND,
                        "the rules in force impute nothing of a stream '%s'"
                            .formatted(wanted.stream())));
    Fillers filling = fillers(project, stream);
    filling.fill(wanted.records(), wanted.least());
    return new Completed(stream.name(), filling.version(), wanted.records());
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(ImputeRequest.MOST_BYTES + 1);
    if (body.length > ImputeRequest.MOST_BYTES) {
      throw new Refused(
          HttpStatus.CONTENT_TOO_LARGE,
          "a request has at most %d bytes; send several".formatted(ImputeRequest.MOST_BYTES));
    }
    return body;
  }

  private Fillers fillers(String project, ImputedStream stream) {
    return switch (known.inForce(project, stream.name(), stream.groupHash())) {
      case Found.InForce(var ready, var ignored) -> fillers(project, stream, ready);
      case Found.Missing(var why) ->
          throw new Refused(
              HttpStatus.CONFLICT,
              "no imputer of '%s' is in force: %s".formatted(stream.name(), why));
    };
  }

  private Fillers fillers(String project, ImputedStream stream, ImputersInUse.Ready ready) {
    return fillers.compute(
        new Id(project, stream.name()),
        (id, now) -> now != null && now.isOf(stream, ready) ? now : new Fillers(stream, ready));
  }
}
