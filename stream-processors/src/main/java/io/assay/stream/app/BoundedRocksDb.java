package io.assay.stream.app;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One memory limit for all local stores of the process.
 *
 * <p>By default each partition of each store takes its own cache and write buffers outside the
 * heap, so that memory grows with streams and partitions. Kafka creates this by its name.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  private static final long MOST_BYTES = 96L << 20;
  private static final long MOST_WRITE_BYTES = 48L << 20;
  private static final Shared SHARED = Shared.make();

  /** Lives as long as the process; closing it under an open store would crash. */
  private record Shared(Cache cache, WriteBufferManager buffers) {
    static Shared make() {
      org.rocksdb.RocksDB.loadLibrary();
      Cache cache = new LRUCache(MOST_BYTES);
      return new Shared(cache, new WriteBufferManager(MOST_WRITE_BYTES, cache));
    }
  }

  @Override
  public void setConfig(String store, Options options, Map<String, Object> settings) {
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(SHARED.cache());
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(SHARED.buffers());
    options.setMaxWriteBufferNumber(2);
    options.setWriteBufferSize(8L << 20);
  }

  @Override
  public void close(String store, Options options) {
    // What is shared stays; what belongs to the options is closed with them.
  }
}
