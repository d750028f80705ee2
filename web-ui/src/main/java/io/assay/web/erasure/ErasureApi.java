package io.assay.web.erasure;

import io.assay.web.access.SignedIn;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
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

/** Requests to erase keys, for programs of administrators. */
@RestController
@RequestMapping("/api/v1/projects/{project}/erasures")
class ErasureApi {
  private static final int MOST_BYTES = 16 * 1024;

  /** Each has its steps and tasks. */
  private static final int MOST = 100;

  private final Erasures erasures;

  ErasureApi(Erasures erasures) {
    this.erasures = erasures;
  }

  /** The newest first, without the keys. */
  @GetMapping
  Listing<Erasures.Job> list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "20") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.of(
        erasures.of(project, Erasures.place(after), limit + 1),
        limit,
        job -> job,
        job -> Long.toString(job.id()));
  }

  /** How far one is. */
  @GetMapping("/{erasure}")
  Erasures.Job one(@PathVariable String project, @PathVariable long erasure) {
    return erasures
        .one(project, erasure)
        .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "there is no erasure " + erasure));
  }

  /** Whose events shall go. */
  record Wish(@Nullable String stream, @Nullable String key) {}

  /** The number of a request that was taken. */
  record Asked(long id) {}

  @TakesJson(Wish.class)
  @PostMapping
  ResponseEntity<Asked> ask(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    Wish wish = JsonBody.read(request, Wish.class, "an erasure", MOST_BYTES);
    String stream = wish.stream();
    String key = wish.key();
    if (stream == null || stream.isBlank() || key == null || key.isEmpty()) {
      throw Refused.bad("an erasure needs stream and key");
    }
    if (key.length() > ErasurePage.LONGEST) {
      throw Refused.bad(
          "a key needs at most %d characters, got %d".formatted(ErasurePage.LONGEST, key.length()));
    }
    return ResponseEntity.status(HttpStatus.ACCEPTED)
        .body(new Asked(erasures.ask(project, person.name(), stream.strip(), key)));
  }
}
