package tripod.server.wiring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made later than those who use it: projections exist before the store, the store
 * before the accounts.
 */
final class Late<T> {
  private volatile @Nullable T value;

  /** Gives the value, once. */
  void set(T made) {
    if (value != null) {
      throw new IllegalStateException("set twice");
    }
    value = made;
  }

  /** Returns the value, or throws if nothing may have asked yet. */
  T get() {
    T known = value;
    if (known == null) {
      throw new IllegalStateException("asked before it was made");
    }
    return known;
  }

  /** Returns the value if it is there. */
  Optional<T> find() {
    return Optional.ofNullable(value);
  }
}
