package io.assay.assertion.statistics;

import java.util.OptionalDouble;

/** How often a condition held, and how often it could not be told. */
public final class Share implements Mergeable<Share> {
  private static final int VERSION = 1;

  private long held;
  private long told;
  private long missing;

  public void add(boolean holds) {
    told++;
    if (holds) {
      held++;
    }
  }

  /** An event whose condition, or value, is missing. */
  public void addMissing() {
    missing++;
  }

  public long held() {
    return held;
  }

  /** Of how many it is known whether it held. */
  public long told() {
    return told;
  }

  public long missing() {
    return missing;
  }

  /** Of those that are known; empty when there is none. */
  public OptionalDouble share() {
    return told == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) held / told);
  }

  /** Of all; empty when there is none. */
  public OptionalDouble missingRate() {
    long all = told + missing;
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) missing / all);
  }

  @Override
  public void merge(Share other) {
    held += other.held;
    told += other.told;
    missing += other.missing;
  }

  @Override
  public byte[] toBytes() {
    return new StatisticWriter(VERSION)
        .writeUnsigned(held)
        .writeUnsigned(told)
        .writeUnsigned(missing)
        .toBytes();
  }

  public static Share read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "a share");
    var share = new Share();
    share.held = in.readCount();
    share.told = in.readCount();
    share.missing = in.readCount();
    if (share.held > share.told) {
      throw in.broken("no more that held than were told");
    }
    in.end();
    return share;
  }
}
