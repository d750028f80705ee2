package io.assay.assertion.eval;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The states of all keys of a run: objects of those judged last, of all others the bytes that they
 * are stored as.
 *
 * <p>An object takes some twenty times the room of its bytes, and a collector must go through it; a
 * restored state judges as the one that was stored. For one thread.
 */
public final class KeptKeys {
  private final GroupJudge judge;
  private final int mostObjects;
  private final Map<String, byte[]> bytes = new HashMap<>();
  private final Map<String, GroupState> objects = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param mostObjects one at least
   */
  public KeptKeys(GroupJudge judge, int mostObjects) {
    if (mostObjects < 1) {
      throw new IllegalArgumentException("kept keys need one object or more, got " + mostObjects);
    }
    this.judge = judge;
    this.mostObjects = mostObjects;
  }

  /**
   * The state of a key, new where there is none; to be changed before the next one is asked for.
   */
  public GroupState of(String key) {
    GroupState known = objects.get(key);
    if (known != null) {
      return known;
    }
    byte[] stored = bytes.remove(key);
    GroupState state = stored == null ? judge.newKey(key) : judge.restore(key, stored);
    if (objects.size() == mostObjects) {
      storeOldest();
    }
    objects.put(key, state);
    return state;
  }

  private void storeOldest() {
    var oldest = objects.entrySet().iterator();
    Map.Entry<String, GroupState> entry = oldest.next();
    bytes.put(entry.getKey(), judge.snapshot(entry.getValue()));
    oldest.remove();
  }

  /** The state of a key, which is kept no more. */
  public GroupState remove(String key) {
    GroupState state = of(key);
    objects.remove(key);
    return state;
  }

  public int size() {
    return bytes.size() + objects.size();
  }
}
