package io.assay.stream.assertions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the one state store: what kind of part it is, the project, and what it is of.
 *
 * <p>The kind stands first, so that one kind can be walked alone; the project's length stands
 * before it, so that no two projects can meet.
 */
final class StateKeys {
  private static final byte KEY = 'k';
  private static final byte MINUTE = 'm';
  private static final byte UNSENT = 'u';
  private static final byte WAKE = 'w';
  private static final byte GENERATION = 'g';
  private static final byte ID = 'i';
  private static final byte END = 'e';
  private static final byte JOURNAL_HEAD = 'h';
  private static final byte JOURNAL_CHUNK = 'c';
  private static final byte JOURNAL_CHANGE = 'j';
  private static final byte HELD_BACK = 'b';
  private static final byte SUSPENDED = 's';
  private static final byte LEDGER_HEAD = 'l';
  private static final byte LEDGER_PAGE = 'p';
  private static final byte FIELDS = 'f';
  private static final byte ERASED = 'x';
  private static final byte[] AFTER_TEXTS = {(byte) 0xFF};

  private final byte[] project;

  StateKeys(String project) {
    this.project = project.getBytes(StandardCharsets.UTF_8);
  }

  /** What is remembered of a stream key. */
  Bytes ofKey(String key) {
    return of(KEY, key.getBytes(StandardCharsets.UTF_8));
  }

  /** Behind those of all stream keys: no text has such a byte. */
  Bytes afterKeys() {
    return of(KEY, AFTER_TEXTS);
  }

  /** What was counted in a minute of event time. */
  Bytes ofMinute(long minute) {
    return of(MINUTE, ByteBuffer.allocate(Long.BYTES).putLong(minute).array());
  }

  /** The minutes whose counts have changed since they were last sent. */
  Bytes ofUnsent() {
    return of(UNSENT, new byte[0]);
  }

  /** That a key is to be looked at if a stream is idle until then. */
  Bytes ofWake(String stream, long time, String key) {
    byte[] name = stream.getBytes(StandardCharsets.UTF_8);
    byte[] own = key.getBytes(StandardCharsets.UTF_8);
    return of(
        WAKE,
        ByteBuffer.allocate(Integer.BYTES + name.length + Long.BYTES + own.length)
            .putInt(name.length)
            .put(name)
            .putLong(Math.max(0, time))
            .put(own)
            .array());
  }

  /** The stream key in what {@link #ofWake} gave. */
  String wokenKey(String stream, Bytes wake) {
    int before = ofWake(stream, 0, "").get().length;
    return new String(wake.get(), before, wake.get().length - before, StandardCharsets.UTF_8);
  }

  /** The time in what {@link #ofWake} gave. */
  long wokenTime(String stream, Bytes wake) {
    return ByteBuffer.wrap(wake.get()).getLong(ofWake(stream, 0, "").get().length - Long.BYTES);
  }

  /** Before all that {@link #ofWake} gives. */
  Bytes ofWakes() {
    return of(WAKE, new byte[0]);
  }

  /** Behind it: no stream's name is so long that its length begins with such a byte. */
  Bytes afterWakes() {
    return of(WAKE, AFTER_TEXTS);
  }

  /** The stream key, in UTF-8, in what {@link #ofKey} or {@link #ofWake} gave. */
  byte[] streamKeyIn(Bytes stored) {
    byte[] all = stored.get();
    int from = 1 + Integer.BYTES + project.length;
    if (all[0] == WAKE) {
      from += Integer.BYTES + ByteBuffer.wrap(all).getInt(from) + Long.BYTES;
    }
    return Arrays.copyOfRange(all, from, all.length);
  }

  /** That a key has been forgotten, by what is told of it. */
  Bytes ofErased(String digest) {
    return of(ERASED, digest.getBytes(StandardCharsets.UTF_8));
  }

  /** Behind all that {@link #ofErased} gives. */
  Bytes afterErased() {
    return of(ERASED, AFTER_TEXTS);
  }

  /** The digest in what {@link #ofErased} gave. */
  String erased(Bytes stored) {
    int before = ofErased("").get().length;
    return new String(stored.get(), before, stored.get().length - before, StandardCharsets.UTF_8);
  }

  /** The generation of rules that the task judges by. */
  Bytes ofGeneration() {
    return of(GENERATION, new byte[0]);
  }

  /** What waits for an id. */
  Bytes ofId(String id) {
    return of(ID, id.getBytes(StandardCharsets.UTF_8));
  }

  /** The id in what {@link #ofId} gave. */
  String awaitedId(Bytes stored) {
    int before = ofId("").get().length;
    return new String(stored.get(), before, stored.get().length - before, StandardCharsets.UTF_8);
  }

  /** Behind those of all ids. */
  Bytes afterIds() {
    return of(ID, AFTER_TEXTS);
  }

  /** That what waits for an id is over then. */
  Bytes ofEnd(long time, String id) {
    byte[] own = id.getBytes(StandardCharsets.UTF_8);
    return of(
        END,
        ByteBuffer.allocate(Long.BYTES + own.length).putLong(Math.max(0, time)).put(own).array());
  }

  /** The id in what {@link #ofEnd} gave. */
  String endedId(Bytes end) {
    int before = ofEnd(0, "").get().length;
    return new String(end.get(), before, end.get().length - before, StandardCharsets.UTF_8);
  }

  /** The assertions that the task leaves out. */
  Bytes ofSuspended() {
    return of(SUSPENDED, new byte[0]);
  }

  /** Where a {@link Journal} stands. */
  Bytes ofJournalHead(String name) {
    return of(JOURNAL_HEAD, name.getBytes(StandardCharsets.UTF_8));
  }

  Bytes ofJournalChunk(String name, int place) {
    return of(JOURNAL_CHUNK, placed(name, place));
  }

  Bytes ofJournalChange(String name, int place) {
    return of(JOURNAL_CHANGE, placed(name, place));
  }

  /** A partial that is held back, by the order in which they came. */
  Bytes ofHeldBack(long number) {
    return of(HELD_BACK, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /** The number in what {@link #ofHeldBack} gave. */
  long numberOfHeldBack(Bytes held) {
    return ByteBuffer.wrap(held.get()).getLong(held.get().length - Long.BYTES);
  }

  /** Which fields stored events have, by a hash; all are between those of 0 and of -1. */
  Bytes ofFields(long hash) {
    return of(FIELDS, ByteBuffer.allocate(Long.BYTES).putLong(hash).array());
  }

  /** Where the {@link Ledger} stands. */
  Bytes ofLedgerHead() {
    return of(LEDGER_HEAD, new byte[0]);
  }

  Bytes ofLedgerPage(long number) {
    return of(LEDGER_PAGE, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /** The length stands first, so that no two names can meet. */
  private static byte[] placed(String name, int place) {
    byte[] own = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + own.length + Integer.BYTES)
        .putInt(own.length)
        .put(own)
        .putInt(place)
        .array();
  }

  private Bytes of(byte kind, byte[] part) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Integer.BYTES + project.length + part.length)
            .put(kind)
            .putInt(project.length)
            .put(project)
            .put(part)
            .array());
  }
}
