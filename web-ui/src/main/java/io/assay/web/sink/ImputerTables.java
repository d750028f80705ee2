package io.assay.web.sink;

import static io.assay.web.sink.PostgresText.clean;

import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Keeps versions of imputers and who put them in force, whatever the topic forgets. */
final class ImputerTables {
  private static final String CARD =
      """
      INSERT INTO imputer_version (project, stream, version, card) VALUES (?, ?, ?, ?::jsonb)
      ON CONFLICT (project, stream, version) DO UPDATE SET card = excluded.card\
      """;

  private static final String CHUNK =
      """
      INSERT INTO imputer_chunk (project, stream, version, chunk, bytes) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (project, stream, version, chunk) DO UPDATE SET bytes = excluded.bytes\
      """;

  private static final String CHOICE =
      """
      INSERT INTO imputer_choice (project, stream, at, version, pinned, actor, why)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING\
      """;

  private ImputerTables() {}

  /** What one record of the topic says; in the order in which they stand there. */
  sealed interface Told {
    record OfCard(ImputerCard card) implements Told {}

    record OfChunk(ImputerKey.Chunk key, Bytes bytes) implements Told {}

    record OfChoice(ImputerChoice choice) implements Told {}
  }

  /** A part of a model. */
  static final class Bytes {
    private final byte[] value;

    Bytes(byte[] value) {
      this.value = value;
    }
  }

  /**
   * @throws IllegalArgumentException of a value that cannot be read
   */
  static Told read(ImputerKey key, byte[] value) {
    return switch (key) {
      case ImputerKey.Promoted ignored -> new Told.OfChoice(ImputerChoice.read(value));
      case ImputerKey.Wanted ignored -> new Told.OfChoice(ImputerChoice.read(value));
      case ImputerKey.Card ignored -> new Told.OfCard(ImputerCard.read(value));
      case ImputerKey.Chunk chunk -> new Told.OfChunk(chunk, new Bytes(value));
    };
  }

  static void write(Connection connection, List<Told> all) throws SQLException {
    for (Told one : all) {
      switch (one) {
        case Told.OfCard(var card) -> write(connection, card);
        case Told.OfChunk(var key, var bytes) -> write(connection, key, bytes);
        case Told.OfChoice(var choice) -> write(connection, choice);
      }
    }
  }

  private static void write(Connection connection, ImputerCard card) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CARD)) {
      statement.setString(1, clean(card.project()));
      statement.setString(2, clean(card.stream()));
      statement.setLong(3, card.version());
      statement.setString(4, new String(card.json(), StandardCharsets.UTF_8));
      statement.executeUpdate();
    }
  }

  private static void write(Connection connection, ImputerKey.Chunk key, Bytes bytes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHUNK)) {
      statement.setString(1, clean(key.project()));
      statement.setString(2, clean(key.stream()));
      statement.setLong(3, key.version());
      statement.setInt(4, key.number());
      statement.setBytes(5, bytes.value);
      statement.executeUpdate();
    }
  }

  private static void write(Connection connection, ImputerChoice choice) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHOICE)) {
      statement.setString(1, clean(choice.project()));
      statement.setString(2, clean(choice.stream()));
      statement.setObject(3, Instant.ofEpochMilli(choice.atMillis()).atOffset(ZoneOffset.UTC));
      statement.setLong(4, choice.version());
      statement.setBoolean(5, choice.pinned());
      statement.setString(6, clean(choice.by()));
      statement.setString(7, clean(choice.why()));
      statement.executeUpdate();
    }
  }
}
