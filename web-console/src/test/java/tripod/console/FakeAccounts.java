package tripod.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.NewAccount;
import tripod.identity.Secret;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** Accounts by hand: real pods, plain passwords, no directory. */
final class FakeAccounts implements Accounts {
  private final Map<Long, Account> accounts = new ConcurrentSkipListMap<>();
  private final Map<Long, Secret> passwords = new ConcurrentSkipListMap<>();
  private final List<Consumer<AccountChange>> listeners = new ArrayList<>();
  private final PodStore store;
  private final IdentityConfig config;

  FakeAccounts(PodStore store, IdentityConfig config) {
    this.store = store;
    this.config = config;
  }

  @Override
  public Optional<Account> byPod(PodId pod) {
    return Optional.ofNullable(accounts.get(pod.value()));
  }

  @Override
  public Optional<Account> byDid(Did did) {
    return accounts.values().stream().filter(a -> a.did().equals(did)).findFirst();
  }

  @Override
  public Optional<Account> byHandle(Handle handle) {
    return accounts.values().stream().filter(a -> a.handle().equals(handle)).findFirst();
  }

  @Override
  public Optional<Account> byName(String name) {
    return accounts.values().stream().filter(a -> a.name().equals(name)).findFirst();
  }

  @Override
  public Optional<Account> byEmail(String email) {
    return Optional.empty();
  }

  @Override
  public Optional<Account> byHost(String host) {
    return accounts.values().stream().filter(a -> a.host().equals(host)).findFirst();
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
    return names(byPod(pod).orElseThrow());
  }

  @Override
  public Created create(NewAccount wanted) {
    if (byHandle(wanted.handle()).isPresent()) {
      throw new IdentityFailure.HandleTaken("the handle is taken");
    }
    if (wanted.password().reveal().length() < 10) {
      throw new IdentityFailure.WeakPassword("a password needs at least 10 characters");
    }
    PodId pod = store.nextPodId();
    String host = wanted.handle().value();
    Account account =
        new Account(
            pod,
            new Did("did:plc:" + "abcdefghijklmnopqrstuvwx".substring(0, 23) + letter(pod)),
            wanted.handle(),
            host.substring(0, host.indexOf('.')),
            host,
            wanted.email(),
            false,
            Account.State.ACTIVE,
            Instant.parse("2026-01-02T03:04:05Z"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    store.create(
        pod,
        PodStore.JdbcWork.NONE,
        writer -> {
          writer.put(PodPath.ROOT, new Content.Container());
          writer.put(SocialPaths.POSTS, new Content.Container());
          return account;
        });
    accounts.put(pod.value(), account);
    passwords.put(pod.value(), wanted.password());
    return new Created(account, names(account));
  }

  private static char letter(PodId pod) {
    return (char) ('a' + pod.value() % 26);
  }

  void become(Account account, Account.State state) {
    accounts.put(
        account.pod().value(),
        new Account(
            account.pod(),
            account.did(),
            account.handle(),
            account.name(),
            account.host(),
            account.email(),
            false,
            state,
            account.created(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public void checkNewHandle(Handle handle) {}

  @Override
  public List<Account> list(Optional<PodId> after, int limit) {
    return accounts.values().stream()
        .filter(a -> after.isEmpty() || a.pod().value() > after.get().value())
        .limit(limit)
        .toList();
  }

  @Override
  public long count() {
    return accounts.size();
  }

  @Override
  public Account signIn(String identifier, Secret password) {
    return byIdentifier(identifier)
        .filter(account -> verifyPassword(account.pod(), password))
        .orElseThrow(() -> new IdentityFailure.BadPassword("no"));
  }

  @Override
  public boolean verifyPassword(PodId pod, Secret password) {
    return passwords.getOrDefault(pod.value(), Secret.of("\0")).matches(password);
  }

  @Override
  public void setPassword(PodId pod, Secret password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Account setEmail(PodId pod, Optional<String> email, boolean confirmed) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Account deactivate(PodId pod, Optional<Instant> deleteAfter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Account activate(PodId pod) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Account restrict(PodId pod, Account.State state, String reference) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Account restore(PodId pod) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Account updateHandle(PodId pod, Handle handle) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(PodId pod) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onChange(Consumer<AccountChange> listener) {
    listeners.add(listener);
  }

  void tell(AccountChange change) {
    listeners.forEach(listener -> listener.accept(change));
  }
}
