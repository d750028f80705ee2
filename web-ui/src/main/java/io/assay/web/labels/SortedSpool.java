package io.assay.web.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sorts more than memory holds: sorted runs in files, merged once. Equal ones keep their order.
 *
 * @param <T> what is sorted
 */
final class SortedSpool<T> {
  /** Characters of a run, about. */
  private static final long RUN = 8L << 20;

  /** Runs that are open at once; of more, these are merged into one. */
  private static final int OPEN = 64;

  private final SpoolFolder folder;
  private final Comparator<T> order;
  private final Function<T, String> write;
  private final Function<String, T> read;
  private final List<Path> runs = new ArrayList<>();
  private final List<T> open = new ArrayList<>();
  private long size;
  private int named;

  /**
   * @param write as one line of text
   * @param read the other way round
   */
  SortedSpool(
      SpoolFolder folder,
      Comparator<T> order,
      Function<T, String> write,
      Function<String, T> read) {
    this.folder = folder;
    this.order = order;
    this.write = write;
    this.read = read;
  }

  /** Takes what is sorted. */
  interface Taker<T> {
    /**
     * @throws IOException where it writes somewhere and cannot
     */
    void take(T one) throws IOException;
  }

  /** {@code characters}: about how large it is. */
  void add(T one, long characters) throws IOException {
    open.add(one);
    size += characters;
    if (size > RUN) {
      close();
    }
  }

  private void close() throws IOException {
    open.sort(order);
    Path run = next();
    try (BufferedWriter out = Files.newBufferedWriter(run, UTF_8)) {
      for (T one : open) {
        out.write(write.apply(one));
        out.write('\n');
      }
    }
    open.clear();
    size = 0;
    runs.add(run);
    if (runs.size() == OPEN) {
      Path whole = next();
      try (BufferedWriter out = Files.newBufferedWriter(whole, UTF_8)) {
        merge(
            one -> {
              out.write(write.apply(one));
              out.write('\n');
            });
      }
      for (Path merged : runs) {
        Files.delete(merged);
      }
      runs.clear();
      runs.add(whole);
    }
  }

  private Path next() {
    return folder.file("run-" + named++);
  }

  /** All that was added, in order. */
  void each(Taker<T> taker) throws IOException {
    if (!open.isEmpty()) {
      close();
    }
    merge(taker);
  }

  /** One run, and its next. */
  private final class Head implements AutoCloseable {
    private final int number;
    private final BufferedReader in;
    private T next;

    Head(int number, BufferedReader in, T next) {
      this.number = number;
      this.in = in;
      this.next = next;
    }

    /** Returns the next, and reads on; {@code more} of the run is left after it. */
    boolean advance() throws IOException {
      @Nullable String line = in.readLine();
      if (line != null) {
        next = read.apply(line);
      }
      return line != null;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private void merge(Taker<T> taker) throws IOException {
    Comparator<Head> byNext = Comparator.comparing(head -> head.next, order);
    var heads = new PriorityQueue<Head>(byNext.thenComparingInt(head -> head.number));
    try {
      for (int i = 0; i < runs.size(); i++) {
        BufferedReader in = Files.newBufferedReader(runs.get(i), UTF_8);
        @Nullable String line = in.readLine();
        if (line == null) {
          in.close();
        } else {
          heads.add(new Head(i, in, read.apply(line)));
        }
      }
      while (!heads.isEmpty()) {
        Head head = heads.remove();
        taker.take(head.next);
        if (head.advance()) {
          heads.add(head);
        } else {
          head.close();
        }
      }
    } finally {
      for (Head head : heads) {
        head.close();
      }
    }
  }
}
