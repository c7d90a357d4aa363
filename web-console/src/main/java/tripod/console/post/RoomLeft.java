package tripod.console.post;

import java.util.Locale;
import tripod.podstore.Usage;

/**
 * How much room a pod takes up, in words.
 *
 * @param used of what it has
 * @param quota of what it may have
 * @param isTight whether less than a fifth is left
 */
public record RoomLeft(String used, String quota, boolean isTight) {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  private static final int STEP = 1024;
  private static final double TIGHT = 0.8;

  static RoomLeft of(Usage usage) {
    return new RoomLeft(
        words(usage.bytes()),
        words(usage.quotaBytes()),
        usage.bytes() > usage.quotaBytes() * TIGHT);
  }

  private static String words(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    return unit == 0 || amount >= 100
        ? Math.round(amount) + " " + UNITS[unit]
        : String.format(Locale.ENGLISH, "%.1f %s", amount, UNITS[unit]);
  }
}
