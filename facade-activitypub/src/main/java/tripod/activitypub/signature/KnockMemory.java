package tripod.activitypub.signature;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.util.Locale;

/**
 * Which signature each host read last, so that the second knock is needed once.
 *
 * <p>Cavage goes first to an unknown host: every live peer reads it. Forgotten on restart.
 */
public final class KnockMemory {
  private static final int HOSTS_MAX = 20_000;

  private final Cache<String, SignatureScheme> byHost =
      Caffeine.newBuilder().maximumSize(HOSTS_MAX).build();

  /** Returns what to try first. */
  public SignatureScheme scheme(URI target) {
    SignatureScheme known = byHost.getIfPresent(key(target));
    return known == null ? SignatureScheme.CAVAGE : known;
  }

  /** Notes what was taken. */
  public void remember(URI target, SignatureScheme scheme) {
    byHost.put(key(target), scheme);
  }

  private static String key(URI target) {
    return target.getRawAuthority().toLowerCase(Locale.ROOT);
  }
}
