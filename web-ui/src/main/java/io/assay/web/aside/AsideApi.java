package io.assay.web.aside;

import io.assay.stream.contract.Topics;
import io.assay.stream.repair.Position;
import io.assay.stream.repair.ReplayNote;
import io.assay.web.access.Access;
import io.assay.web.access.Machine;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.SignedIn;
import io.assay.web.system.JsonBody;
import io.assay.web.system.Refused;
import io.assay.web.system.TakesJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Records put aside, for programs: listed, shown, replayed. */
@RestController
@RequestMapping("/api/v1/projects/{project}/dead-letters")
class AsideApi {
  private static final int MOST_LISTED = 1000;

  /** A value in base64, and some positions. */
  private static final int MOST_BYTES = 2 << 20;

  private final AsideRecords records;
  private final Replays replays;
  private final Access access;

  AsideApi(AsideRecords records, Replays replays, Access access) {
    this.records = records;
    this.replays = replays;
    this.access = access;
  }

  /** The oldest first; {@code after} takes what the answer before named {@code next}. */
  @GetMapping
  AsideItems.Page list(
      @PathVariable String project,
      @RequestParam Map<String, String> query,
      @RequestParam(defaultValue = "50") int limit,
      @AuthenticationPrincipal @Nullable Object who) {
    requireLimit(limit, MOST_LISTED);
    boolean clear = isClear(who, project);
    AsideRecords.Listing listing =
        records.list(AsideQuery.of(project, query).requireClear(), limit);
    return new AsideItems.Page(
        listing.records().stream().map(one -> AsideItems.Brief.of(one, clear)).toList(),
        listing.next() == null ? null : listing.next().toString());
  }

  @GetMapping("/{position}")
  AsideItems.Whole one(
      @PathVariable String project,
      @PathVariable String position,
      @RequestParam(defaultValue = "false") boolean late,
      @AuthenticationPrincipal @Nullable Object who) {
    return AsideItems.Whole.of(
        records.one(project, late, AsideRecords.position(position)), isClear(who, project));
  }

  /** Who sees what records held: reviewers and those above, and programs that may repair. */
  private boolean isClear(@Nullable Object who, String project) {
    return switch (who) {
      case SignedIn person ->
          access.role(person, project).filter(role -> role.covers(Role.REVIEWER)).isPresent();
      case Machine machine -> machine.scopes().contains(Scope.REPAIR);
      case null, default -> false;
    };
  }

  /** Some, or all that fit, up to a number. */
  @TakesJson(AsideItems.Wanted.class)
  @PostMapping(value = "/replay", consumes = MediaType.APPLICATION_JSON_VALUE)
  AsideItems.Done replay(
      @PathVariable String project,
      @AuthenticationPrincipal @Nullable Object who,
      HttpServletRequest request) {
    AsideItems.Wanted wanted = wanted(request);
    var wish =
        new Replays.Wish(
            project,
            Boolean.TRUE.equals(wanted.late()),
            way(wanted.how()),
            Boolean.TRUE.equals(wanted.again()),
            Boolean.TRUE.equals(wanted.dryRun()),
            name(who));
    List<@Nullable String> positions = wanted.positions();
    AsideItems.Fitting all = wanted.all();
    if (positions != null && all == null) {
      return named(wish, positions, wanted);
    }
    if (positions == null && all != null) {
      return fitting(wish, all, wanted);
    }
    throw Refused.bad("a replay needs either positions or all");
  }

  private AsideItems.Done named(
      Replays.Wish wish, List<@Nullable String> positions, AsideItems.Wanted wanted) {
    if (positions.isEmpty() || positions.size() > Replays.MOST) {
      throw Refused.bad(
          "positions needs 1 to %d, got %d".formatted(Replays.MOST, positions.size()));
    }
    if (wanted.after() != null || wanted.limit() != null || wanted.upTo() != null) {
      throw Refused.bad("limit, after and upTo go with all, not with positions");
    }
    var chosen = new LinkedHashSet<Position>();
    for (String position : positions) {
      chosen.add(AsideRecords.position(position == null ? "" : position));
    }
    byte @Nullable [] value = value(wanted.value());
    if (value != null && chosen.size() != 1) {
      throw Refused.bad("value needs one position, got " + chosen.size());
    }
    return AsideItems.Done.of(replays.named(wish, List.copyOf(chosen), value), wish.dryRun());
  }

  private AsideItems.Done fitting(
      Replays.Wish wish, AsideItems.Fitting all, AsideItems.Wanted wanted) {
    if (wanted.value() != null) {
      throw Refused.bad("value needs one position, got all");
    }
    int limit = wanted.limit() == null ? Replays.MOST : wanted.limit();
    requireLimit(limit, Replays.MOST);
    Map<String, String> given = all.given();
    given.put("after", wanted.after() == null ? "" : wanted.after());
    given.put("upTo", wanted.upTo() == null ? "" : wanted.upTo());
    AsideQuery query = AsideQuery.of(wish.project(), given).requireClear();
    return AsideItems.Done.of(
        replays.fitting(wish, query.filter(), query.after().orElse(null), limit), wish.dryRun());
  }

  private static AsideItems.Wanted wanted(HttpServletRequest request) {
    return JsonBody.read(request, AsideItems.Wanted.class, "a replay", MOST_BYTES);
  }

  private static ReplayNote.Way way(@Nullable String how) {
    return switch (how) {
      case null -> ReplayNote.Way.APPEND;
      case "append" -> ReplayNote.Way.APPEND;
      case "rejudge" -> ReplayNote.Way.REJUDGE;
      default -> throw Refused.bad("how needs append or rejudge, got '" + how + "'");
    };
  }

  private static byte @Nullable [] value(@Nullable String base64) {
    if (base64 == null) {
      return null;
    }
    byte[] value;
    try {
      value = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException wrong) {
      throw Refused.bad("value is no base64: " + wrong.getMessage());
    }
    if (value.length > Topics.LARGEST_INPUT) {
      throw new Refused(
          HttpStatus.CONTENT_TOO_LARGE,
          "a value needs at most %,d bytes, got %,d".formatted(Topics.LARGEST_INPUT, value.length));
    }
    return value;
  }

  private static String name(@Nullable Object who) {
    return switch (who) {
      case SignedIn person -> person.name();
      case Machine machine -> machine.getName();
      case null, default -> "";
    };
  }

  private static void requireLimit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw Refused.bad("limit needs 1 to %,d, got %,d".formatted(most, limit));
    }
  }
}
