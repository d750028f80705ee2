package io.assay.assertion.selection;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Numbers from 0, in order of appearance, for those of n things that are the same: a hash table in
 * arrays, which makes no object for each of a million.
 */
final class Numbering {
  private static final int FREE = -1;

  private final int[] number;
  private final int[] hashes;
  private final int[] table;
  private int count;

  /** Whether two of the things are the same. */
  interface Sameness {
    boolean same(int a, int b);
  }

  Numbering(int n, IntUnaryOperator hash, Sameness sameness) {
    this.number = new int[n];
    this.hashes = new int[n];
    this.table = new int[Integer.highestOneBit(Math.max(4, n)) * 4];
    Arrays.fill(table, FREE);
    for (int i = 0; i < n; i++) {
      int one = i;
      hashes[i] = hash.applyAsInt(i);
      int slot = slot(hashes[i], other -> sameness.same(one, other));
      if (table[slot] == FREE) {
        table[slot] = i;
        number[i] = count++;
      } else {
        number[i] = number[table[slot]];
      }
    }
  }

  /** Where the first of its kind is, or is to be. */
  private int slot(int hash, IntPredicate is) {
    int slot = (hash * 0x9E3779B9) >>> 7 & table.length - 1;
    while (table[slot] != FREE && !(hashes[table[slot]] == hash && is.test(table[slot]))) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  int count() {
    return count;
  }

  int of(int thing) {
    return number[thing];
  }

  /** {@link Groups#NONE} where none of the things is it. */
  int find(int hash, IntPredicate is) {
    int first = table[slot(hash, is)];
    return first == FREE ? Groups.NONE : number[first];
  }

  Groups groups() {
    return Groups.of(number, count);
  }
}
