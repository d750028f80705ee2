package io.assay.assertion.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that are told together, by one route.
 *
 * @param labels what they have in common
 * @param told fingerprints of those of which people know that they fire
 * @param notified when they were told last; null for never
 * @param waiting since when there is something to tell that was not; null where there is nothing
 */
public record AlertGroup(
    String route,
    String key,
    SortedMap<String, String> labels,
    SortedSet<String> told,
    @Nullable Instant notified,
    @Nullable Instant waiting) {
  public AlertGroup {
    labels = new TreeMap<>(labels);
    told = new TreeSet<>(told);
  }

  static AlertGroup fresh(String route, String key, SortedMap<String, String> labels) {
    return new AlertGroup(route, key, labels, new TreeSet<>(), null, null);
  }

  /** Why people are told. */
  public enum Reason {
    NEW,
    CHANGED,
    REPEATED,
    RESOLVED
  }

  /**
   * What comes of a look.
   *
   * @param group as it is then; empty where it is no more
   * @param reason why people are told; empty where they are not
   */
  record Step(Optional<AlertGroup> group, Optional<Reason> reason) {}

  /**
   * Looks once.
   *
   * @param firing of all its alerts that fire; {@code silenced} and {@code acknowledged} of these
   */
  Step step(
      Set<String> firing,
      Set<String> silenced,
      Set<String> acknowledged,
      GroupTiming timing,
      Duration repeat,
      Instant now) {
    var loud = new TreeSet<>(firing);
    loud.removeAll(silenced);
    return told.isEmpty()
        ? first(loud, timing, now)
        : next(firing, loud, acknowledged, timing, repeat, now);
  }

  private Step first(SortedSet<String> loud, GroupTiming timing, Instant now) {
    if (loud.isEmpty()) {
      return new Step(Optional.empty(), Optional.empty());
    }
    Instant since = waiting == null ? now : waiting;
    return hasPassed(since, now, timing.delay())
        ? told(loud, Reason.NEW, now)
        : new Step(
            Optional.of(new AlertGroup(route, key, labels, told, notified, since)),
            Optional.empty());
  }

  private Step next(
      Set<String> firing,
      SortedSet<String> loud,
      Set<String> acknowledged,
      GroupTiming timing,
      Duration repeat,
      Instant now) {
    var known = new TreeSet<>(told);
    boolean changed = known.retainAll(firing);
    changed |= known.addAll(loud);
    Instant last = notified == null ? now : notified;
    if (changed) {
      return hasPassed(last, now, timing.interval())
          ? told(known, known.isEmpty() ? Reason.RESOLVED : Reason.CHANGED, now)
          : asItIs();
    }
    boolean anybodyWaits = !acknowledged.containsAll(loud);
    return anybodyWaits && hasPassed(last, now, repeat)
        ? told(known, Reason.REPEATED, now)
        : asItIs();
  }

  private Step asItIs() {
    return new Step(Optional.of(this), Optional.empty());
  }

  private Step told(SortedSet<String> known, Reason reason, Instant now) {
    Optional<AlertGroup> next =
        known.isEmpty()
            ? Optional.empty()
            : Optional.of(new AlertGroup(route, key, labels, known, now, null));
    return new Step(next, Optional.of(reason));
  }

  private static boolean hasPassed(Instant since, Instant now, Duration time) {
    return Duration.between(since, now).compareTo(time) >= 0;
  }

  boolean isOf(String wanted) {
    return route.equals(wanted);
  }

  /** What has fired of those that people know, and does no more. */
  Collection<String> over(Set<String> firing) {
    var over = new TreeSet<>(told);
    over.removeAll(firing);
    return over;
  }
}
