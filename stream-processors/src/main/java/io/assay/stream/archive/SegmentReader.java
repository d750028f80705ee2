package io.assay.stream.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The records of one segment, block by block; those blocks that hold nothing wanted are skipped.
 */
final class SegmentReader {
  private final SegmentStore store;
  private final SegmentStore.Stored segment;
  private final SegmentIndex index;
  private final Iterator<Block> blocks;
  private final Selection wanted;
  private byte[] lines = new byte[0];
  private int next;

  SegmentReader(SegmentStore store, SegmentStore.Stored segment, Selection wanted) {
    this.store = store;
    this.segment = segment;
    this.wanted = wanted;
    this.index = SegmentIndex.read(store, segment);
    this.blocks = index.blocks().iterator();
  }

  String topic() {
    return index.topic();
  }

  /** The next one of a block that may hold what is wanted; null after the last. */
  @Nullable ArchivedRecord next() {
    while (next >= lines.length) {
      if (!blocks.hasNext()) {
        return null;
      }
      Block block = blocks.next();
      if (block.mayHold(wanted)) {
        lines = lines(block);
        next = 0;
      }
    }
    int end = next;
    while (lines[end] != '\n') {
      end++;
    }
    byte[] line = Arrays.copyOfRange(lines, next, end);
    next = end + 1;
    try {
      return RecordLine.read(line);
    } catch (IllegalArgumentException e) {
      throw SegmentIndex.damaged(segment, String.valueOf(e.getMessage()));
    }
  }

  private byte[] lines(Block block) {
    byte[] compressed = store.read(segment.name(), block.position(), block.length());
    try {
      byte[] all = Zstd.decompress(compressed, block.size());
      if (all.length == 0 || all[all.length - 1] != '\n') {
        throw SegmentIndex.damaged(segment, "a block does not end with a line");
      }
      return all;
    } catch (ZstdException e) {
      throw SegmentIndex.damaged(segment, "a block cannot be decompressed: " + e.getMessage());
    }
  }
}
