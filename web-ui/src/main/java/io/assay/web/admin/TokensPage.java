package io.assay.web.admin;

import static io.assay.web.system.CsvText.text;

import io.assay.web.access.Scope;
import io.assay.web.access.SignedIn;
import io.assay.web.access.TokenRow;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import io.assay.web.system.TimePlace;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which programs may reach a project. */
@Page
class TokensPage {
  private static final int SIZE = 50;
  private static final String BACK = "redirect:/p/{project}/tokens";
  private static final List<String> COLUMNS =
      List.of(
          "name",
          "begins",
          "scopes",
          "streams",
          "state",
          "created",
          "created_by",
          "expires",
          "last_used",
          "revoked",
          "revoked_by");

  private final Tokens tokens;
  private final CsvFiles files;
  private final Clock clock;

  TokensPage(Tokens tokens, CsvFiles files, Clock clock) {
    this.tokens = tokens;
    this.files = files;
    this.clock = clock;
  }

  @GetMapping("/p/{project}/tokens")
  String show(
      @PathVariable String project, @RequestParam(defaultValue = "") String after, Model model) {
    AdminTab.TOKENS.show(model);
    List<TokenRow> found = behind(project, TimePlace.read("after", after), SIZE + 1);
    model.addAttribute("tokens", found.stream().limit(SIZE).toList());
    model.addAttribute("first", after.isEmpty());
    model.addAttribute("next", found.size() > SIZE ? place(found.get(SIZE - 1)).text() : "");
    model.addAttribute("scopes", Scope.values());
    return "tokens";
  }

  /** All of them, the newest first; no secret is known any more. */
  @GetMapping("/p/{project}/tokens.csv")
  void csv(@PathVariable String project, HttpServletResponse response) throws IOException {
    files.<TimePlace>send(
        response,
        "tokens.csv",
        COLUMNS,
        after ->
            CsvParts.Part.of(
                behind(project, after, CsvFiles.PART),
                CsvFiles.PART,
                TokensPage::cells,
                TokensPage::place));
  }

  private List<TokenRow> behind(String project, Optional<TimePlace> after, int most) {
    return tokens.of(project, after.map(TimePlace::at), after.map(TimePlace::id).orElse(""), most);
  }

  private static TimePlace place(TokenRow row) {
    return new TimePlace(row.created(), row.id());
  }

  private static List<String> cells(TokenRow row) {
    return List.of(
        text(row.name()),
        text(row.prefix()),
        text(row.scopesText()),
        text(row.streamsText()),
        row.state().name().toLowerCase(Locale.ROOT),
        row.created().toString(),
        text(row.createdBy()),
        told(row.expires()),
        told(row.lastUsed()),
        told(row.revoked()),
        text(Objects.requireNonNullElse(row.revokedBy(), "")));
  }

  private static String told(@Nullable Instant at) {
    return at == null ? "" : at.toString();
  }

  /** {@code days}: until it expires; none: never. {@code streams}: divided by commas or spaces. */
  @PostMapping("/p/{project}/tokens")
  String create(
      @PathVariable String project,
      @RequestParam String name,
      @RequestParam(defaultValue = "") Set<Scope> scopes,
      @RequestParam(defaultValue = "") String streams,
      @RequestParam(required = false) @Nullable Integer days,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    var wish =
        new TokenWish(
            name,
            scopes,
            words(streams),
            days == null ? null : clock.instant().plus(Duration.ofDays(days)));
    switch (tokens.create(project, person.name(), wish)) {
      case Tokens.Creation.Made made -> next.addFlashAttribute("made", made);
      case Tokens.Creation.Refused(List<String> problems) ->
          next.addFlashAttribute("problems", problems);
    }
    return BACK;
  }

  @PostMapping("/p/{project}/tokens/{token}/revoke")
  String revoke(
      @PathVariable String project,
      @PathVariable String token,
      @AuthenticationPrincipal SignedIn person,
      RedirectAttributes next) {
    if (tokens.revoke(project, person.name(), token)) {
      next.addFlashAttribute("done", true);
    } else {
      next.addFlashAttribute("problems", List.of("there is no token '" + token + "'"));
    }
    return BACK;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split("[,\\s]+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }
}
