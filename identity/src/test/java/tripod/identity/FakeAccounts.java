package tripod.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** Accounts in memory for tests of doors: what is not asked of them there is refused. */
public class FakeAccounts implements Accounts {
  private final Map<Long, Account> accounts = new ConcurrentSkipListMap<>();
  private final List<Consumer<AccountChange>> listeners = new ArrayList<>();
  private final IdentityConfig config;

  /** Has nobody yet, under the host names that a configuration gives. */
  public FakeAccounts(IdentityConfig config) {
    this.config = config;
  }

  /** Adds an account, in the place of one that its pod had before. */
  public final void put(Account account) {
    accounts.put(account.pod().value(), account);
  }

  /** Tells whoever listens of a change. */
  public final void tell(AccountChange change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  /** Puts an account into another state, and tells nobody. */
  public final void become(Account account, Account.State state) {
    put(account.restricted(state, "a test"));
  }

  /** Returns an account that came into being as 2026 began; the handle is the pod's host name. */
  public static Account active(
      PodId pod, Did did, Handle handle, String name, Optional<String> email) {
    return new Account(
        pod,
        did,
        handle,
        name,
        handle.value(),
        email,
        false,
        Account.State.ACTIVE,
        Instant.parse("2026-01-01T00:00:00Z"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Optional<Account> first(Predicate<Account> wanted) {
    return accounts.values().stream().filter(wanted).findFirst();
  }

  @Override
  public Optional<Account> byPod(PodId pod) {
    return Optional.ofNullable(accounts.get(pod.value()));
  }

  @Override
  public Optional<Account> byDid(Did did) {
    return first(account -> account.did().equals(did));
  }

  @Override
  public Optional<Account> byHandle(Handle handle) {
    return first(account -> account.handle().equals(handle));
  }

  @Override
  public Optional<Account> byName(String name) {
    return first(account -> account.name().equals(name));
  }

  @Override
  public Optional<Account> byEmail(String email) {
    return Optional.empty();
  }

  @Override
  public Optional<Account> byHost(String host) {
    return first(account -> account.host().equals(host));
  }

  @Override
  public boolean isGone(String host) {
    return false;
  }

  @Override
  public Optional<Account> byIdentifier(String text) {
    return byName(text).or(() -> byHost(text));
  }

  @Override
  public PodNames names(Account account) {
    return new PodNames(
        account.pod(),
        account.did(),
        account.handle(),
        config.podOrigin(account.host()),
        account.name());
  }

  @Override
  public PodNames names(PodId pod) {
    return byPod(pod)
        .map(this::names)
        .orElseThrow(() -> new IdentityFailure.NotFound("no such account"));
  }

  @Override
  public Created create(NewAccount wanted) {
    throw unasked();
  }

  @Override
  public void checkNewHandle(Handle handle) {
    throw unasked();
  }

  @Override
  public List<Account> list(Optional<PodId> after, int limit) {
    long from = after.map(PodId::value).orElse(0L);
    return accounts.values().stream()
        .filter(account -> account.pod().value() > from)
        .limit(limit)
        .toList();
  }

  @Override
  public long count() {
    return accounts.size();
  }

  @Override
  public Account signIn(String identifier, Secret password) {
    throw unasked();
  }

  @Override
  public boolean verifyPassword(PodId pod, Secret password) {
    throw unasked();
  }

  @Override
  public void checkNewPassword(Secret password) {
    throw unasked();
  }

  @Override
  public void setPassword(PodId pod, Secret password) {
    throw unasked();
  }

  @Override
  public void lockOut(PodId pod) {
    throw unasked();
  }

  @Override
  public Account setEmail(PodId pod, Optional<String> email, boolean confirmed) {
    throw unasked();
  }

  @Override
  public Account deactivate(PodId pod, Optional<Instant> deleteAfter) {
    throw unasked();
  }

  @Override
  public Account activate(PodId pod) {
    throw unasked();
  }

  @Override
  public Account restrict(PodId pod, Account.State state, String reference) {
    throw unasked();
  }

  @Override
  public Account restore(PodId pod) {
    throw unasked();
  }

  @Override
  public Account updateHandle(PodId pod, Handle handle) {
    throw unasked();
  }

  @Override
  public void announce(PodId pod) {
    throw unasked();
  }

  @Override
  public Account assignHandle(PodId pod, Handle handle) {
    throw unasked();
  }

  @Override
  public void replaceSigningKey(PodId pod, String didKey) {
    throw unasked();
  }

  @Override
  public void delete(PodId pod) {
    accounts.remove(pod.value());
  }

  @Override
  public void onChange(Consumer<AccountChange> listener) {
    listeners.add(listener);
  }

  private static UnsupportedOperationException unasked() {
    return new UnsupportedOperationException("this fake is not asked for it");
  }
}
