package tripod.identity;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

/**
 * Finds accounts, with bounded caches in front of what every request asks; that there is none is
 * remembered too. Whoever changes an account says so here. Safe between threads.
 */
final class AccountCache {
  /** Most entries of each cache. */
  private static final int CACHED_MAX = 20_000;

  /** How long another process on the same database may see an account as it was. */
  private static final Duration STALE_MAX = Duration.ofMinutes(1);

  private final IdentityDatabase database;
  private final LoadingCache<PodId, Optional<Account>> accounts;
  private final LoadingCache<Did, Optional<PodId>> podsByDid;
  private final LoadingCache<String, Optional<PodId>> podsByHost;

  AccountCache(IdentityDatabase database) {
    this.database = database;
    this.accounts = cache(pod -> database.query(open -> AccountRows.byPod(open, pod)));
    this.podsByDid = cache(did -> database.query(open -> AccountRows.podByDid(open, did)));
    this.podsByHost = cache(host -> database.query(open -> AccountRows.podByHost(open, host)));
  }

  private static <K, V> LoadingCache<K, V> cache(CacheLoader<K, V> loader) {
    return Caffeine.newBuilder().maximumSize(CACHED_MAX).expireAfterWrite(STALE_MAX).build(loader);
  }

  Optional<Account> byPod(PodId pod) {
    return accounts.get(pod);
  }

  Optional<Account> byDid(Did did) {
    return podsByDid.get(did).flatMap(this::byPod);
  }

  /**
   * Returns the account whose pod lives under a host name in either case, or whose handle it is.
   */
  Optional<Account> byHost(String hostWithoutPort) {
    String host = hostWithoutPort.toLowerCase(Locale.ROOT);
    return Handle.isValid(host) ? podsByHost.get(host).flatMap(this::byPod) : Optional.empty();
  }

  boolean isGone(String hostWithoutPort) {
    String host = hostWithoutPort.toLowerCase(Locale.ROOT);
    return Handle.isValid(host)
        && byHost(host).isEmpty()
        && database.query(open -> AccountRows.isGone(open, host));
  }

  /** Shows an account by its pod before the transaction that makes it is over. */
  void expect(Account coming) {
    accounts.put(coming.pod(), Optional.of(coming));
  }

  /** Forgets how an account was; its names stay. */
  void forget(PodId pod) {
    accounts.invalidate(pod);
  }

  /** Forgets whose these host names and handles were. */
  void forgetHosts(String... hosts) {
    podsByHost.invalidateAll(List.of(hosts));
  }

  /** Forgets under which names an account was found, or was not. */
  void forgetNames(Account account) {
    podsByDid.invalidate(account.did());
    forgetHosts(account.host(), account.handle().value());
  }
}
