package io.assay.stream.archive;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A segment that is being written, in a file of its own that nobody reads yet.
 *
 * <p>Lines are compressed some at a time, each block a whole frame, so that one can be read without
 * those before it and all of them as one file.
 */
final class SegmentWriter implements AutoCloseable {
  /** Larger blocks compress better; a reader holds one of each partition in memory. */
  private static final int BLOCK = 1 << 20;

  /** Faster than a broker delivers, and JSON shrinks to a sixth. */
  private static final int LEVEL = 3;

  private final String topic;
  private final Path file;
  private final OutputStream out;
  private final ZstdCompressCtx compression;
  private final List<Block> blocks = new ArrayList<>();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Set<String> keys = new HashSet<>();
  private long position;
  private long records;
  private long unreadable;
  private long fromAt = Long.MAX_VALUE;
  private long toAt = Long.MIN_VALUE;
  private long fromReceived = Long.MAX_VALUE;
  private long toReceived = Long.MIN_VALUE;

  SegmentWriter(String topic, Path file) {
    this.topic = topic;
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      this.out = Files.newOutputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.compression = new ZstdCompressCtx();
    compression.setLevel(LEVEL).setChecksum(true).setContentSize(true);
  }

  void add(ArchivedRecord record) {
    lines.writeBytes(RecordLine.write(record));
    records++;
    String key = record.key();
    if (key == null || record.at().isEmpty()) {
      unreadable++;
    } else {
      keys.add(key);
      fromAt = Math.min(fromAt, record.at().getAsLong());
      toAt = Math.max(toAt, record.at().getAsLong());
    }
    fromReceived = Math.min(fromReceived, record.receivedMillis());
    toReceived = Math.max(toReceived, record.receivedMillis());
    if (lines.size() >= BLOCK) {
      endBlock();
    }
  }

  /** Compressed, without the block that is being filled. */
  long bytes() {
    return position;
  }

  private void endBlock() {
    if (records == 0) {
      return;
    }
    byte[] compressed = compression.compress(lines.toByteArray());
    write(compressed);
    blocks.add(
        new Block(
            position,
            compressed.length,
            lines.size(),
            records,
            unreadable,
            fromAt,
            toAt,
            KeySet.of(keys)));
    position += compressed.length;
    lines.reset();
    keys.clear();
    records = 0;
    unreadable = 0;
    fromAt = Long.MAX_VALUE;
    toAt = Long.MIN_VALUE;
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what is left and the index, and hands the file over. */
  Path finish() {
    endBlock();
    write(new SegmentIndex(topic, fromReceived, toReceived, blocks).frame());
    close();
    return file;
  }

  /** Ends the writing; what was not finished is of no use to anybody. */
  @Override
  public void close() {
    compression.close();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
