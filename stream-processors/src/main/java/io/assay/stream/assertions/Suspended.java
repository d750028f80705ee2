package io.assay.stream.assertions;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Assertions that a task leaves out because they took too much, in its own store: whoever goes on
 * from there leaves them out, too, until they are tried again.
 *
 * @param since when the last was, milliseconds since the epoch; 0 while there is none
 */
record Suspended(long since, Set<String> names) {
  static final Suspended NONE = new Suspended(0, Set.of());

  Suspended {
    names = Set.copyOf(names);
  }

  Suspended and(String name, long now) {
    Set<String> all = new TreeSet<>(names);
    all.add(name);
    return new Suspended(now, all);
  }

  static Suspended read(KeyValueStore<Bytes, byte[]> store, StateKeys keys) {
    byte[] stored = store.get(keys.ofSuspended());
    if (stored == null) {
      return NONE;
    }
    List<String> parts = Arrays.asList(new String(stored, StandardCharsets.UTF_8).split("\n"));
    return new Suspended(
        Long.parseLong(parts.getFirst()), Set.copyOf(parts.subList(1, parts.size())));
  }

  void write(KeyValueStore<Bytes, byte[]> store, StateKeys keys) {
    if (names.isEmpty()) {
      store.delete(keys.ofSuspended());
    } else {
      String text = since + "\n" + String.join("\n", names);
      store.put(keys.ofSuspended(), text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
