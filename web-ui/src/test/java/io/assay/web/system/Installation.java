package io.assay.web.system;

import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.sink.JudgedStreet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One installation for many tests: a judged street in project {@code default}, a member of each
 * role, and a second project with an administrator of its own.
 */
public final class Installation {
  public static final String PROJECT = "default";
  public static final String OTHER_PROJECT = "other";

  /** The newest episodes, as a round would propose them. */
  private static final String PROPOSED =
      """
      insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
        severity, arm, reason, probability, around, rank)
      select project, id, 1, assertion, stream, key, label, worst_day, worst_id, judgement_hash, opened, worst,
        'uniform', 'each assertion alike', 1, 5, extract(epoch from opened)
      from episode where mode = 'ACTIVE' order by opened desc, id limit 12\
      """;

  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));

  private final RunningWeb web;
  private final Path media;
  private final JudgedStreet street;
  private final Map<Role, String> passwords = new EnumMap<>(Role.class);
  private final String strangersPassword;

  private Installation() {
    try {
      media = Files.createDirectories(Path.of("target", "test-media").toAbsolutePath());
      web =
          RunningWeb.start(
              Map.of(
                  "assay.media.folder", media.toString(),
                  "assay.media.folders.paced", media.toString(),
                  "assay.ingest.rules", ROOT.resolve("examples/street.assay").toString()));
      street = JudgedStreet.drive(PROJECT, 7, Instant.now().minusSeconds(90), 900);
      street.draw(media, 40);
      street.store(web.database().connect());
      try (var connection = web.database().connect();
          var statement = connection.createStatement()) {
        statement.execute("insert into project (name, title) values ('other', 'Other')");
        statement.execute(PROPOSED);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    for (Role role : Role.values()) {
      passwords.put(role, add(PROJECT, name(role), role));
    }
    strangersPassword = add(OTHER_PROJECT, "stranger", Role.ADMINISTRATOR);
  }

  /** Started at the first call, and kept until the JVM ends. */
  public static Installation shared() {
    return Holder.SHARED;
  }

  public RunningWeb web() {
    return web;
  }

  public Path media() {
    return media;
  }

  public JudgedStreet street() {
    return street;
  }

  public BrowsingClient anonymous() {
    return new BrowsingClient(web.address());
  }

  public BrowsingClient member(Role role) {
    BrowsingClient client = anonymous();
    client.login(name(role), password(role));
    return client;
  }

  /** An administrator, but of the other project. */
  public BrowsingClient stranger() {
    BrowsingClient client = anonymous();
    client.login("stranger", strangersPassword);
    return client;
  }

  public static String name(Role role) {
    return "the-" + role.name().toLowerCase(Locale.ROOT);
  }

  public String password(Role role) {
    return Objects.requireNonNull(passwords.get(role));
  }

  /** A new member of a project, with the password that was made. */
  public String add(String project, String name, Role role) {
    Members members = web.running().context().getBean(Members.class);
    return switch (members.add(project, "system", name, role)) {
      case Change.NewPassword made -> made.password();
      case Change.Done ignored -> throw new IllegalStateException(name + " had an account before");
      case Change.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  /** A new token of the project, for all streams and for ever. */
  public Tokens.Creation.Made token(Set<Scope> scopes) {
    return token(PROJECT, new TokenWish("a program", scopes, Set.of(), null));
  }

  public Tokens.Creation.Made token(String project, TokenWish wish) {
    Tokens tokens = web.running().context().getBean(Tokens.class);
    return switch (tokens.create(project, "system", wish)) {
      case Tokens.Creation.Made made -> made;
      case Tokens.Creation.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  private static final class Holder {
    static final Installation SHARED = new Installation();
  }
}
