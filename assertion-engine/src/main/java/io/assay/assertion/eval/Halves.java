package io.assay.assertion.eval;

import io.assay.assertion.event.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events of a key whose input another version may still judge, oldest first.
 *
 * <p>At most {@link #MOST} of a key and {@link #MOST_OF_INPUT} of an input: who is faster, or
 * compares by something that is no input, loses the oldest, and that is told.
 */
final class Halves {
  static final int MOST = 4096;
  static final int MOST_OF_INPUT = 64;

  private static final int MET = 1;
  private static final int WHOLE = 2;

  private final List<Half> all = new ArrayList<>(0);
  private final Map<Object, List<Half>> byInput = new HashMap<>(0);

  /** One event. */
  static final class Half {
    final Object input;
    final Object version;
    final long at;

    final Row row;

    /** The whole event; null where it is not in order yet, and has no id. */
    final @Nullable Past past;

    /** Another version has judged the input. */
    boolean met;

    Half(Object input, Object version, long at, Row row, @Nullable Past past) {
      this.input = input;
      this.version = version;
      this.at = at;
      this.row = row;
      this.past = past;
    }
  }

  List<Half> all() {
    return all;
  }

  /** The events that judged the same input with another version, no further away than this. */
  List<Half> others(Half half, long reach) {
    return byInput.getOrDefault(half.input, List.of()).stream()
        .filter(other -> !other.version.equals(half.version))
        .filter(other -> Math.abs(other.at - half.at) <= reach)
        .toList();
  }

  /** Keeps an event; {@code lost} is told of one that has to go for it. */
  void add(Half half, Consumer<Half> lost) {
    List<Half> same = byInput.computeIfAbsent(half.input, input -> new ArrayList<>(1));
    if (same.size() >= MOST_OF_INPUT) {
      lost.accept(remove(all.indexOf(same.getFirst())));
    } else if (all.size() >= MOST) {
      lost.accept(remove(0));
    }
    int place = all.size();
    while (place > 0 && all.get(place - 1).at > half.at) {
      place--;
    }
    all.add(place, half);
    byInput.computeIfAbsent(half.input, input -> new ArrayList<>(1)).add(half);
  }

  private Half remove(int place) {
    Half half = all.remove(place);
    drop(half);
    return half;
  }

  private void drop(Half half) {
    List<Half> same = byInput.get(half.input);
    if (same != null) {
      same.remove(half);
      if (same.isEmpty()) {
        byInput.remove(half.input);
      }
    }
  }

  /** Forgets those before a time; {@code gone} is told of each. */
  void forgetBefore(long at, Consumer<Half> gone) {
    int end = 0;
    while (end < all.size() && all.get(end).at < at) {
      end++;
    }
    if (end == 0) {
      return;
    }
    List<Half> old = List.copyOf(all.subList(0, end));
    all.subList(0, end).clear();
    for (Half half : old) {
      drop(half);
      gone.accept(half);
    }
  }

  void write(PastCodec pasts, StateWriter out) {
    out.writeUnsigned(all.size());
    for (Half half : all) {
      ValueCodec.write(half.input, out);
      ValueCodec.write(half.version, out);
      out.writeByte((half.met ? MET : 0) | (half.past != null ? WHOLE : 0));
      if (half.past != null) {
        out.writeUnsigned(half.past.sequence());
        pasts.write(half.past, out);
      } else {
        out.writeLong(half.at);
        ValueCodec.writeRow(half.row, out);
      }
    }
  }

  static Halves read(RowShape rows, PastCodec pasts, StateReader in) {
    Halves halves = new Halves();
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      Object input = ValueCodec.read(in);
      Object version = ValueCodec.read(in);
      int flags = in.readByte();
      Half half =
          (flags & WHOLE) != 0
              ? whole(input, version, pasts, in)
              : new Half(input, version, in.readLong(), rows.readRow(in), null);
      half.met = (flags & MET) != 0;
      halves.add(half, lost -> {});
    }
    return halves;
  }

  private static Half whole(Object input, Object version, PastCodec pasts, StateReader in) {
    Past past = pasts.read(in.readUnsigned(), in);
    Row row = past.row();
    if (row == null) {
      throw in.broken("the fields of an event");
    }
    return new Half(input, version, past.at(), row, past);
  }
}
