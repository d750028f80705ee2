package io.assay.web.imputation;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.ImputersInUse.Found;
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What is known of a project's imputers, and what people decide of them. */
@Component
class ImputerItems {
  private static final int SHOWN = 100;
  private static final int LONGEST_WHY = 500;

  private final ImputerQueries stored;
  private final KnownImputers known;
  private final ActiveRules rules;
  private final Wishes wishes;
  private final Clock clock;

  ImputerItems(
      ImputerQueries stored, KnownImputers known, ActiveRules rules, Wishes wishes, Clock clock) {
    this.stored = stored;
    this.known = known;
    this.rules = rules;
    this.wishes = wishes;
    this.clock = clock;
  }

  /**
   * Of one stream.
   *
   * @param group of fields that the rules want filled; null where they want none
   * @param inForce the version that fills gaps now; null while there is none
   * @param pinned whether it stays, whatever is trained, until a person releases it
   * @param why there is none, or why the one that was chosen is not it; null where all is well
   * @param versions the newest first, at most 100
   * @param choices who put which in force, the newest first, at most 100
   * @param moreVersions what {@code before} takes for the versions behind these; null where there
   *     are none, and {@code moreChoices} likewise
   */
  record Item(
      String stream,
      @Nullable String group,
      @Nullable Long inForce,
      boolean pinned,
      @Nullable String why,
      List<ImputerCard> versions,
      List<ImputerChoice> choices,
      @Nullable Long moreVersions,
      @Nullable String moreChoices) {
    Item {
      versions = List.copyOf(versions);
      choices = List.copyOf(choices);
    }
  }

  /** A part of the versions, the newest first; {@code next} is null on the last. */
  record Versions(List<ImputerCard> items, @Nullable Long next) {}

  /** A part of what was decided, likewise. */
  record Choices(List<ImputerChoice> items, @Nullable String next) {}

  /** Of one stream; {@code before}: a version, behind which it goes on. */
  Versions versions(String project, String stream, long before, int limit) {
    List<ImputerCard> found = stored.cards(project, stream, before, limit + 1);
    return new Versions(
        found.stream().limit(limit).toList(),
        found.size() > limit ? found.get(limit - 1).version() : null);
  }

  /** Of one stream; {@code before}: the place behind which it goes on. */
  Choices choices(String project, String stream, Optional<ChoicePlace> before, int limit) {
    List<ImputerChoice> found = stored.choices(project, stream, before, limit + 1);
    return new Choices(
        found.stream().limit(limit).toList(),
        found.size() > limit ? ChoicePlace.of(found.get(limit - 1)).written() : null);
  }

  /** Streams that have an imputer, or whose rules ask for one. */
  List<Item> of(String project) {
    Optional<CheckedRules> now = rules.of(project);
    var names = new TreeSet<>(stored.streams(project));
    names.addAll(known.streams(project));
    now.ifPresent(set -> ImputedStream.of(set).forEach(one -> names.add(one.name())));
    return names.stream()
        .map(name -> item(project, name, now.flatMap(set -> ImputedStream.of(set, name))))
        .toList();
  }

  private Item item(String project, String stream, Optional<ImputedStream> declared) {
    Versions versions = versions(project, stream, Long.MAX_VALUE, SHOWN);
    Choices choices = choices(project, stream, Optional.empty(), SHOWN);
    boolean pinned =
        known.choices(project, stream).stream()
            .findFirst()
            .map(ImputerChoice::pinned)
            .orElse(false);
    if (declared.isEmpty()) {
      String why = "the rules in force impute nothing of this stream";
      return item(stream, null, null, pinned, why, versions, choices);
    }
    String name = declared.get().group().name();
    return switch (known.inForce(project, stream, declared.get().groupHash())) {
      case Found.InForce(var ready, var refused) ->
          item(
              stream,
              name,
              ready.card().version(),
              pinned,
              refused.isEmpty() ? null : refused,
              versions,
              choices);
      case Found.Missing(var why) -> item(stream, name, null, pinned, why, versions, choices);
    };
  }

  private static Item item(
      String stream,
      @Nullable String group,
      @Nullable Long inForce,
      boolean pinned,
      @Nullable String why,
      Versions versions,
      Choices choices) {
    return new Item(
        stream,
        group,
        inForce,
        pinned,
        why,
        versions.items(),
        choices.items(),
        versions.next(),
        choices.next());
  }

  /**
   * A version's card.
   *
   * @throws Refused where there is no such version
   */
  ImputerCard card(String project, String stream, long version) {
    return stored
        .card(project, stream, version)
        .or(() -> known.version(project, stream, version).map(ImputerVersion::card))
        .orElseThrow(() -> missing(stream, version));
  }

  /**
   * A version with its bytes.
   *
   * @throws Refused where there is no such version
   */
  ImputerVersion whole(String project, String stream, long version) {
    return known
        .version(project, stream, version)
        .or(() -> stored.version(project, stream, version))
        .orElseThrow(() -> missing(stream, version));
  }

  /** Puts a version in force, which stays until it is released. */
  void promote(String project, String stream, long version, String by, String why) {
    requireShort(why);
    ImputerVersion whole = whole(project, stream, version);
    boolean isThere = known.version(project, stream, version).isPresent();
    wishes.send(
        choice(project, stream, version, true, by, why),
        isThere ? Optional.empty() : Optional.of(whole));
  }

  /** What is pinned stays in force only until a better one is trained. */
  void release(String project, String stream, String by, String why) {
    requireShort(why);
    ImputerChoice pinned =
        known.choices(project, stream).stream()
            .findFirst()
            .filter(ImputerChoice::pinned)
            .orElseThrow(
                () ->
                    new Refused(
                        known.isConnected() ? HttpStatus.CONFLICT : HttpStatus.SERVICE_UNAVAILABLE,
                        "no version of the imputer of '%s' is pinned".formatted(stream)));
    wishes.send(choice(project, stream, pinned.version(), false, by, why), Optional.empty());
  }

  private ImputerChoice choice(
      String project, String stream, long version, boolean pinned, String by, String why) {
    return new ImputerChoice(project, stream, version, pinned, by, why, clock.millis());
  }

  private static void requireShort(String why) {
    if (why.length() > LONGEST_WHY) {
      throw new Refused(
          HttpStatus.BAD_REQUEST,
          "why needs at most %d characters, got %d".formatted(LONGEST_WHY, why.length()));
    }
  }

  private static Refused missing(String stream, long version) {
    return new Refused(
        HttpStatus.NOT_FOUND,
        "there is no version %d of an imputer of '%s'".formatted(version, stream));
  }
}
