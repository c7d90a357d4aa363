package tripod.server.wiring;

import tripod.podstore.sql.StoreConfig;

/**
 * How much pods may keep, and where.
 *
 * @param podBytesMax most bytes that one pod may take up, unless it has a quota of its own
 */
record StoreRoom(long podBytesMax) {
  static StoreRoom of(Settings settings) {
    return new StoreRoom(bytes(settings, "limits.pod-bytes", StoreConfig.POD_BYTES_MAX));
  }

  private static long bytes(Settings settings, String key, long fallback) {
    String text = settings.text(key, String.valueOf(fallback));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          key + " must be a number of bytes, not " + text, malformed);
    }
  }
}
