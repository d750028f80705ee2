package io.assay.stream.contract;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the records of the imputers' topic come to, of all projects: which versions there are, and
 * which are to be in force. Any number of threads.
 *
 * <p>The trainer and people each have a record of their own, so that neither overwrites the other's
 * unseen. What a person has pinned is in force; else what was decided last is.
 */
public final class ImputerTable {
  private final Map<Id, OfStream> streams = new HashMap<>();

  private record Id(String project, String stream) {}

  private record Chosen(ImputerChoice choice, long offset) {}

  private static final class OfStream {
    private final NavigableMap<Long, ImputerCard> cards = new TreeMap<>();
    private final NavigableMap<Long, Map<Integer, byte[]>> parts = new TreeMap<>();
    private @Nullable Chosen promoted;
    private @Nullable Chosen wanted;
  }

  /**
   * Takes a record; one that cannot be read changes nothing.
   *
   * @param value null of one that was deleted
   * @return whose imputer may be another now; empty of a record that says nothing of one
   * @throws IllegalArgumentException of a value that cannot be read, to be told
   */
  public synchronized Optional<ImputerKey> take(
      byte @Nullable [] key, byte @Nullable [] value, long offset) {
    Optional<ImputerKey> read = key == null ? Optional.empty() : ImputerKey.read(key);
    read.ifPresent(known -> take(known, value, offset));
    return read;
  }

  private void take(ImputerKey key, byte @Nullable [] value, long offset) {
    OfStream of =
        streams.computeIfAbsent(new Id(key.project(), key.stream()), id -> new OfStream());
    switch (key) {
      case ImputerKey.Promoted ignored -> of.promoted = chosen(value, offset);
      case ImputerKey.Wanted ignored -> of.wanted = chosen(value, offset);
      case ImputerKey.Card card -> {
        if (value == null) {
          of.cards.remove(card.version());
        } else {
          of.cards.put(card.version(), ImputerCard.read(value));
        }
      }
      case ImputerKey.Chunk chunk -> {
        Map<Integer, byte[]> parts =
            of.parts.computeIfAbsent(chunk.version(), version -> new HashMap<>());
        if (value == null) {
          parts.remove(chunk.number());
        } else {
          parts.put(chunk.number(), value.clone());
        }
        if (parts.isEmpty()) {
          of.parts.remove(chunk.version());
        }
      }
    }
  }

  private static @Nullable Chosen chosen(byte @Nullable [] value, long offset) {
    return value == null ? null : new Chosen(ImputerChoice.read(value), offset);
  }

  private OfStream of(String project, String stream) {
    return streams.getOrDefault(new Id(project, stream), new OfStream());
  }

  /** Streams of a project of which anything is known. */
  public synchronized Set<String> streams(String project) {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<Id, OfStream> one : streams.entrySet()) {
      OfStream of = one.getValue();
      if (one.getKey().project().equals(project)
          && (!of.cards.isEmpty() || of.promoted != null || of.wanted != null)) {
        names.add(one.getKey().stream());
      }
    }
    return names;
  }

  /** Of the versions that are there, the newest first. */
  public synchronized List<ImputerCard> cards(String project, String stream) {
    return List.copyOf(of(project, stream).cards.descendingMap().values());
  }

  /** A version that is there as a whole. */
  public synchronized Optional<ImputerVersion> version(
      String project, String stream, long version) {
    OfStream of = of(project, stream);
    ImputerCard card = of.cards.get(version);
    if (card == null) {
      return Optional.empty();
    }
    Map<Integer, byte[]> parts = of.parts.getOrDefault(version, Map.of());
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < card.chunks(); i++) {
      byte[] part = parts.get(i);
      if (part == null) {
        return Optional.empty();
      }
      bytes.writeBytes(part);
    }
    try {
      return Optional.of(ImputerVersion.of(card, bytes.toByteArray()));
    } catch (IllegalArgumentException half) {
      return Optional.empty();
    }
  }

  /**
   * Which versions are to be in force, the first that can be before the others; the second is there
   * for where the first is not.
   */
  public synchronized List<ImputerChoice> choices(String project, String stream) {
    OfStream of = of(project, stream);
    Chosen promoted = of.promoted;
    Chosen wanted = of.wanted;
    List<ImputerChoice> choices = new ArrayList<>();
    if (wanted != null) {
      choices.add(wanted.choice());
    }
    if (promoted != null) {
      boolean isFirst =
          wanted != null && !wanted.choice().pinned() && promoted.offset() > wanted.offset();
      choices.add(isFirst ? 0 : choices.size(), promoted.choice());
    }
    return choices;
  }

  /** What a person has pinned. */
  public synchronized Optional<ImputerChoice> pinned(String project, String stream) {
    return Optional.ofNullable(of(project, stream).wanted)
        .map(Chosen::choice)
        .filter(ImputerChoice::pinned);
  }
}
