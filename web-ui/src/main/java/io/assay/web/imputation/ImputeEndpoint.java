package io.assay.web.imputation;

import io.assay.web.access.Machine;
import io.assay.web.system.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Where programs have gaps filled before they ask a model. */
@RestController
class ImputeEndpoint {
  private final Filling filling;

  ImputeEndpoint(Filling filling) {
    this.filling = filling;
  }

  /**
   * Records with their gaps filled.
   *
   * @param version of the imputer that filled them
   */
  record Completed(String stream, long version, List<ObjectNode> records) {}

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
    Fillers fillers = filling.of(project, wanted.stream());
    fillers.fill(wanted.records(), wanted.least());
    return new Completed(wanted.stream(), fillers.version(), wanted.records());
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
}
