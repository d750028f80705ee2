package io.assay.web.admin;

import io.assay.web.access.Change;
import io.assay.web.access.Member;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.access.SignedIn;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Listing;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who may do what in a project, for programs of administrators; changes are in the audit. */
@RestController
@RequestMapping("/api/v1/projects/{project}/members")
class MembersApi {
  private static final int MOST_BYTES = 4096;
  private static final int MOST = 500;

  private final Members members;

  MembersApi(Members members) {
    this.members = members;
  }

  /** {@code role}: in small letters. */
  record Item(String name, String role) {
    static Item of(Member member) {
      return new Item(member.name(), word(member.role()));
    }
  }

  /** By name. */
  @GetMapping
  Listing<Item> list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "100") int limit) {
    Listing.requireLimit(limit, MOST);
    return Listing.of(members.of(project, after, limit + 1), limit, Item::of, Member::name);
  }

  /** Who shall come, and as what. */
  record Wish(@Nullable String name, @Nullable String role) {}

  /**
   * Who came.
   *
   * @param password of an account that was made for them, in this answer alone; null where they had
   *     one
   */
  record Added(String name, String role, @Nullable String password) {
    @Override
    public String toString() {
      return "Added[name=" + name + "]";
    }
  }

  @TakesJson(Wish.class)
  @PostMapping
  ResponseEntity<Added> add(
      @PathVariable String project,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    Wish wish = JsonBody.read(request, Wish.class, "a member", MOST_BYTES);
    String name = wish.name() == null ? "" : wish.name().strip().toLowerCase(Locale.ROOT);
    Role role = role(wish.role());
    Change change = members.add(project, person.name(), name, role);
    require(change, name);
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(
            new Added(
                name,
                word(role),
                change instanceof Change.NewPassword made ? made.password() : null));
  }

  /** What someone shall be. */
  record RoleWish(@Nullable String role) {}

  @TakesJson(RoleWish.class)
  @PutMapping("/{name}/role")
  Item changeRole(
      @PathVariable String project,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn person,
      HttpServletRequest request) {
    Role role = role(JsonBody.read(request, RoleWish.class, "a role", MOST_BYTES).role());
    require(members.changeRole(project, person.name(), name, role), name);
    return new Item(name, word(role));
  }

  /** A new password, in this answer alone. */
  record Password(String name, String password) {
    @Override
    public String toString() {
      return "Password[name=" + name + "]";
    }
  }

  /** Makes a new one, and ends their sessions. */
  @PostMapping("/{name}/password")
  Password resetPassword(
      @PathVariable String project,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn person) {
    return switch (members.resetPassword(project, person.name(), name)) {
      case Change.NewPassword(String account, String password) -> new Password(account, password);
      case Change.Refused(Change.Reason reason) -> throw refusal(reason, name);
      case Change.Done ignored -> throw new IllegalStateException("a password was to be made");
    };
  }

  /** Ends a membership; the account stays. */
  @DeleteMapping("/{name}")
  ResponseEntity<Void> remove(
      @PathVariable String project,
      @PathVariable String name,
      @AuthenticationPrincipal SignedIn person) {
    require(members.remove(project, person.name(), name), name);
    return ResponseEntity.noContent().build();
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Role role(@Nullable String word) {
    return Stream.of(Role.values())
        .filter(role -> word(role).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Refused.bad(
                    "role needs to be one of %s, got %s"
                        .formatted(
                            Stream.of(Role.values())
                                .map(MembersApi::word)
                                .collect(Collectors.joining(", ")),
                            word == null ? "nothing" : "'" + word + "'")));
  }

  private static void require(Change change, String name) {
    if (change instanceof Change.Refused(Change.Reason reason)) {
      throw refusal(reason, name);
    }
  }

  private static Refused refusal(Change.Reason reason, String name) {
    return switch (reason) {
      case NAME_UNUSABLE ->
          Refused.bad(
              "a member needs a name of 1 to 63 small letters, digits and . _ @ -, which begins"
                  + " with a letter or digit, got '%s'".formatted(name));
      case ALREADY_MEMBER ->
          new Refused(HttpStatus.CONFLICT, "'%s' is a member already".formatted(name));
      case NO_MEMBER ->
          new Refused(HttpStatus.NOT_FOUND, "there is no member '%s'".formatted(name));
      case LAST_ADMINISTRATOR ->
          new Refused(
              HttpStatus.CONFLICT,
              "'%s' is the last administrator: nobody could administer the project any more"
                  .formatted(name));
      case ACCOUNT_OF_OTHERS ->
          new Refused(
              HttpStatus.FORBIDDEN,
              "'%s' is a member of a project that you do not administer: whoever administers all of theirs may"
                  .formatted(name));
    };
  }
}
