package io.assay.web.admin;

import io.assay.web.access.Scope;
import io.assay.web.access.SignedIn;
import io.assay.web.access.TokenRow;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.system.Listing;
import io.assay.web.system.TimePlace;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The page of tokens, for programs of administrators. A token makes no tokens. */
@RestController
@RequestMapping("/api/v1/projects/{project}/tokens")
class TokensApi {
  private static final int MOST = 500;

  private final Tokens tokens;

  TokensApi(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The newest first, those that are over too. */
  @GetMapping
  Listing<Item> list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    var place = TimePlace.read("after", after);
    return Listing.of(
        tokens.of(
            project, place.map(TimePlace::at), place.map(TimePlace::id).orElse(""), limit + 1),
        limit,
        row -> Item.of(row, null),
        row -> new TimePlace(row.created(), row.id()).text());
  }

  /** The answer is the only one that has the secret. */
  @PostMapping
  ResponseEntity<Item> create(
      @PathVariable String project,
      @RequestBody Wish wish,
      @AuthenticationPrincipal SignedIn person) {
    return switch (tokens.create(project, person.name(), wish.checked())) {
      case Tokens.Creation.Made made ->
          ResponseEntity.status(HttpStatus.CREATED).body(Item.of(made.token(), made.secret()));
      case Tokens.Creation.Refused(List<String> problems) ->
          throw new ResponseStatusException(HttpStatus.BAD_REQUEST, String.join("; ", problems));
    };
  }

  @DeleteMapping("/{token}")
  ResponseEntity<Void> revoke(
      @PathVariable String project,
      @PathVariable String token,
      @AuthenticationPrincipal SignedIn person) {
    if (!tokens.revoke(project, person.name(), token)) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "there is no token '" + token + "' in this project");
    }
    return ResponseEntity.noContent().build();
  }

  /** A wished token as it is sent. */
  record Wish(
      @Nullable String name,
      @Nullable List<String> scopes,
      @Nullable List<String> streams,
      @Nullable Instant expires) {
    TokenWish checked() {
      return new TokenWish(
          name == null ? "" : name,
          (scopes == null ? List.<String>of() : scopes)
              .stream().map(Wish::scope).collect(Collectors.toSet()),
          streams == null ? Set.of() : Set.copyOf(streams),
          expires);
    }

    private static Scope scope(String word) {
      return Scope.of(word)
          .orElseThrow(
              () ->
                  new ResponseStatusException(
                      HttpStatus.BAD_REQUEST,
                      "a scope is %s, got '%s'".formatted(Scope.all(), word)));
    }
  }

  /** A token as it is shown. */
  record Item(
      String id,
      String name,
      List<String> scopes,
      List<String> streams,
      Instant created,
      String createdBy,
      @Nullable Instant expires,
      @Nullable Instant lastUsed,
      @Nullable Instant revoked,
      @Nullable String revokedBy,
      String state,
      @Nullable String secret) {
    static Item of(TokenRow row, @Nullable String secret) {
      return new Item(
          row.id(),
          row.name(),
          row.scopes().stream().sorted().map(Scope::word).toList(),
          row.streams().stream().sorted().toList(),
          row.created(),
          row.createdBy(),
          row.expires(),
          row.lastUsed(),
          row.revoked(),
          row.revokedBy(),
          row.state().name().toLowerCase(Locale.ROOT),
          secret);
    }

    @Override
    public String toString() {
      return "Item[id=" + id + "]";
    }
  }
}
