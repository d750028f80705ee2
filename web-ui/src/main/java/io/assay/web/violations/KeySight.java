package io.assay.web.violations;

import java.util.Set;

/**
 * Whose keys somebody sees.
 *
 * @param clear whether private fields are seen
 * @param open what has keys that everybody may see, by name of stream; it says nothing where {@code
 *     clear}
 */
public record KeySight(boolean clear, Set<String> open) {
  public KeySight {
    open = Set.copyOf(open);
  }

  /** Whether keys of a stream are masked. */
  public boolean hides(String stream) {
    return !clear && !open.contains(stream);
  }

  /** A key, or the mask; of what has no key there is nothing to mask. */
  public String shown(String stream, String key) {
    return key.isEmpty() || !hides(stream) ? key : PrivateText.MASK;
  }
}
