package tripod.podstore;

import java.util.Optional;

/** One graph's change inside a commit. */
public sealed interface Change {
  /** Returns whose graph changed. */
  PodPath path();

  /** Returns which graph of it. */
  Aspect aspect();

  /** Returns the state before; empty when it came to be. */
  Optional<Resource> before();

  /** It was made or replaced. */
  record Put(Resource after, Optional<Resource> before) implements Change {
    @Override
    public PodPath path() {
      return after.path();
    }

    @Override
    public Aspect aspect() {
      return after.aspect();
    }
  }

  /** It was removed. */
  record Delete(Resource removed) implements Change {
    @Override
    public PodPath path() {
      return removed.path();
    }

    @Override
    public Aspect aspect() {
      return removed.aspect();
    }

    @Override
    public Optional<Resource> before() {
      return Optional.of(removed);
    }
  }
}
