package tripod.podstore.sql;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The largest name of each container that a write has looked at, so that a row behind all others is
 * known not to be there without being looked for. A name may be that of a removed row, never one
 * that is too small.
 */
final class LargestNames {
  private final WriteView view;
  private final HashMap<Integer, byte[]> found = new HashMap<>();

  LargestNames(WriteView view) {
    this.view = view;
  }

  /** Says whether a name comes after all names of its container, as far as that is known. */
  boolean isKnownBehindAll(ItemKey key) {
    byte[] last = known(key.container());
    return last != null && isBehind(key.name(), last);
  }

  /** Says whether a name comes after all names of its container, so that no row can have it. */
  boolean isBehindAll(ItemKey key) {
    byte[] last = known(key.container());
    if (last == null) {
      last = find(key.container());
      found.put(key.container(), last);
    }
    return isBehind(key.name(), last);
  }

  /** Takes in a row that the write adds. */
  void add(ItemKey key) {
    if (isBehindAll(key)) {
      found.put(key.container(), key.name());
    }
  }

  /** Returns what was found, by the numbers of containers. */
  Map<Integer, byte[]> found() {
    return found;
  }

  private byte @Nullable [] known(int container) {
    return found.getOrDefault(container, view.state.largest.get(container));
  }

  private byte[] find(int container) {
    byte[] last =
        container >= view.state.nextContainer
            ? new byte[0]
            : view.ask(rows -> rows.largestName(container));
    for (Layer layer : view.state.layers()) {
      last = larger(last, layer, container);
    }
    return larger(last, view.own, container);
  }

  private static byte[] larger(byte[] last, Layer layer, int container) {
    ItemKey key = layer.items.lowerKey(new ItemKey(container + 1, new byte[0], 0));
    return key != null && key.container() == container && isBehind(key.name(), last)
        ? key.name()
        : last;
  }

  private static boolean isBehind(byte[] name, byte[] last) {
    return Arrays.compareUnsigned(name, last) > 0;
  }
}
