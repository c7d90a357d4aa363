package tripod.podstore;

/** Limits of the store, each with its unit. Going over one is {@link PodFailure.TooLarge}. */
public final class PodLimits {
  /** Most members one listing returns. */
  public static final int LIST_MAX = 1000;

  /** Largest document in bytes; larger content is a file. */
  public static final int DOCUMENT_BYTES_MAX = 10 * 1024 * 1024;

  /** Largest access control list in bytes. */
  public static final int ACL_BYTES_MAX = 256 * 1024;

  /** Most changes in one commit, but for imports. */
  public static final int CHANGES_MAX = 1000;

  /** Longest key of a partition in bytes. */
  public static final int PARTITION_KEY_BYTES_MAX = 1024;

  /** Largest value of a partition in bytes. */
  public static final int PARTITION_VALUE_BYTES_MAX = 4 * 1024 * 1024;

  /** Most changes one group commit takes. */
  public static final int GROUP_MAX = 256;

  private PodLimits() {}
}
