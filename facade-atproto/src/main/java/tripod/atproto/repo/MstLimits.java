package tripod.atproto.repo;

/** Limits on trees from elsewhere (SEC-35). */
final class MstLimits {
  /** Most keys in one node; more is a search for keys of one depth, not chance. */
  static final int ENTRIES_MAX = 256;

  /** Most layers of a tree. */
  static final int LAYERS_MAX = 24;

  /** Most keys of one tree that is read. */
  static final int KEYS_MAX = 5_000_000;

  private MstLimits() {}
}
