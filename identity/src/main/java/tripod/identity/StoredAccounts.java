package tripod.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** Accounts in the host's database, with bounded caches in front of what every request asks. */
public final class StoredAccounts implements Accounts {
  private static final Logger LOG = LoggerFactory.getLogger(StoredAccounts.class);

  private final IdentityConfig config;
  private final IdentityDatabase database;
  private final DidRegistration dids;
  private final AccountPasswords passwords;
  private final InstantSource clock;
  private final HandleRules rules;
  private final AccountCreation creation;
  private final AccountEdits edits;
  private final NewPodKeys keys;
  private final AccountCache cache;
  private final List<Consumer<AccountChange>> listeners = new CopyOnWriteArrayList<>();

  /**
   * What accounts stand on.
   *
   * @param database the host's database, with identity's tables
   * @param pods how pods are made
   * @param keys how keys are made
   * @param dids how identities are made
   * @param passwords how passwords are kept
   * @param invites invitations
   * @param audit where it is noted
   */
  public record Ground(
      IdentityDatabase database,
      PodCreation pods,
      NewPodKeys keys,
      DidRegistration dids,
      Passwords passwords,
      Invites invites,
      AuditLog audit) {}

  /** Stands on a ground, with a clock. */
  public StoredAccounts(IdentityConfig config, Ground ground, InstantSource clock) {
    this.config = config;
    this.database = ground.database();
    this.dids = ground.dids();
    this.passwords = new AccountPasswords(ground);
    this.clock = clock;
    this.rules =
        new HandleRules(config.handleDomains(), new ReservedHandles(ground.database(), clock)::has);
    this.creation = new AccountCreation(config, ground, rules, clock);
    this.edits = new AccountEdits(ground);
    this.keys = ground.keys();
    this.cache = new AccountCache(ground.database());
  }

  @Override
  public Optional<Account> byPod(PodId pod) {
    return cache.byPod(pod);
  }

  @Override
  public Optional<Account> byDid(Did did) {
    return cache.byDid(did);
  }

  @Override
  public Optional<Account> byHandle(Handle handle) {
    return byHost(handle.value()).filter(account -> account.handle().equals(handle));
  }

  @Override
  public Optional<Account> byName(String name) {
    String host = name.indexOf('.') < 0 ? name + config.handleDomains().getFirst() : name;
    return byHost(host);
  }

  @Override
  public Optional<Account> byEmail(String email) {
    return database.query(open -> AccountRows.podByEmail(open, email)).flatMap(this::byPod);
  }

  @Override
  public Optional<Account> byHost(String hostWithoutPort) {
    return cache.byHost(hostWithoutPort);
  }

  @Override
  public boolean isGone(String hostWithoutPort) {
    return cache.isGone(hostWithoutPort);
  }

  @Override
  public Optional<Account> byIdentifier(String text) {
    String name = text.startsWith("@") ? text.substring(1) : text;
    if (name.startsWith("did:")) {
      return Did.isValid(name) ? byDid(new Did(name)) : Optional.empty();
    }
    if (name.indexOf('@') >= 0) {
      return byEmail(name);
    }
    return byName(name);
  }

  @Override
  public PodNames names(Account account) {
    return creation.names(account);
  }

  @Override
  public PodNames names(PodId pod) {
    return names(known(pod));
  }

  private Account known(PodId pod) {
    return byPod(pod).orElseThrow(() -> new IdentityFailure.NotFound("no such account"));
  }

  @Override
  public Created create(NewAccount wanted) {
    Account[] coming = new Account[1];
    Account made;
    try {
      made =
          creation.create(
              wanted,
              account -> {
                coming[0] = account;
                cache.expect(account);
              });
    } catch (RuntimeException e) {
      if (coming[0] != null) {
        cache.forget(coming[0].pod());
      }
      throw e;
    }
    cache.forgetNames(made);
    tell(new AccountChange.Created(made));
    return new Created(made, names(made));
  }

  @Override
  public void checkNewHandle(Handle handle) {
    rules.checkHere(handle);
    if (byHost(handle.value()).isPresent()) {
      throw new IdentityFailure.HandleTaken("Handle already taken: " + handle);
    }
  }

  @Override
  public List<Account> list(Optional<PodId> after, int limit) {
    return database.query(
        open -> AccountRows.list(open, after.map(PodId::value).orElse(0L), limit));
  }

  @Override
  public long count() {
    return database.query(AccountRows::count);
  }

  @Override
  public Account signIn(String identifier, Secret password) {
    return passwords.signIn(byIdentifier(identifier), password);
  }

  @Override
  public boolean verifyPassword(PodId pod, Secret password) {
    return passwords.verify(pod, password);
  }

  @Override
  public void checkNewPassword(Secret password) {
    passwords.check(password);
  }

  @Override
  public void setPassword(PodId pod, Secret password) {
    Account account = known(pod);
    passwords.set(account, password);
    tell(new AccountChange.SessionsEnded(account));
  }

  @Override
  public void lockOut(PodId pod) {
    Account account = known(pod);
    passwords.revoke(account);
    tell(new AccountChange.SessionsEnded(account));
  }

  @Override
  public Account setEmail(PodId pod, Optional<String> email, boolean confirmed) {
    email.ifPresent(AccountCreation::checkEmail);
    Optional<Account> other = email.flatMap(this::byEmail).filter(one -> !one.pod().equals(pod));
    if (other.isPresent()) {
      throw new IdentityFailure.EmailTaken("Email already taken");
    }
    Optional<Instant> since = confirmed ? Optional.of(clock.instant()) : Optional.empty();
    Account after =
        edits.quietly(
            pod,
            "email.changed",
            before -> before.withEmail(email, confirmed),
            open -> AccountRows.confirmed(open, pod, since));
    cache.forget(pod);
    return after;
  }

  @Override
  public Account deactivate(PodId pod, Optional<Instant> deleteAfter) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Optional<Instant> until = deleteAfter.map(at -> Instant.ofEpochMilli(at.toEpochMilli()));
    return changeState(pod, account -> account.asleep(now, until));
  }

  @Override
  public Account activate(PodId pod) {
    return changeState(
        pod,
        account -> {
          if (account.state() != Account.State.DEACTIVATED && !account.isActive()) {
            throw new IdentityFailure.Inactive(account.state());
          }
          return account.awake();
        });
  }

  @Override
  public Account restrict(PodId pod, Account.State state, String reference) {
    if (!AccountEdits.endsSessions(state)) {
      throw new IllegalArgumentException("not a restriction: " + state);
    }
    return changeState(pod, account -> account.restricted(state, reference));
  }

  @Override
  public Account restore(PodId pod) {
    return changeState(pod, Account::restored);
  }

  private Account changeState(PodId pod, UnaryOperator<Account> edit) {
    AccountEdits.Edited edited =
        edits.openly(
            pod,
            after -> AccountEdits.stateEvent(after.state()),
            edit,
            (before, after) -> new AccountChange.StateChanged(after, before.state()));
    cache.forget(pod);
    Account after = edited.after();
    if (AccountEdits.endsSessions(after.state())) {
      tell(new AccountChange.SessionsEnded(after));
    }
    tell(new AccountChange.StateChanged(after, edited.before().state()));
    return after;
  }

  @Override
  public Account updateHandle(PodId pod, Handle handle) {
    Account account = known(pod);
    if (!handle.equals(account.handle())) {
      checkHandle(account, handle);
    }
    return changeHandle(account, handle);
  }

  @Override
  public Account assignHandle(PodId pod, Handle handle) {
    Account account = known(pod);
    requireFree(account, handle);
    return changeHandle(account, handle);
  }

  @Override
  public void replaceSigningKey(PodId pod, String didKey) {
    NewPodKeys.Prepared replacing = keys.replace(pod, didKey);
    boolean done = false;
    try {
      AccountEdits.Edited edited =
          edits.openly(
              pod,
              after -> "key.changed",
              before -> before,
              (before, after) -> new AccountChange.KeyChanged(after),
              replacing.store());
      done = true;
      tell(new AccountChange.KeyChanged(edited.after()));
    } finally {
      if (!done) {
        replacing.forget();
      }
    }
  }

  private void checkHandle(Account account, Handle handle) {
    if (rules.nameHere(handle).isPresent()) {
      rules.checkHere(handle);
    } else {
      rules.checkForeign(handle);
    }
    requireFree(account, handle);
    if (rules.nameHere(handle).isEmpty() && !dids.pointsTo(handle, account.did())) {
      throw new IdentityFailure.InvalidHandle("External handle did not resolve to DID");
    }
  }

  private void requireFree(Account account, Handle handle) {
    if (byHost(handle.value()).filter(other -> !other.pod().equals(account.pod())).isPresent()) {
      throw new IdentityFailure.HandleTaken("Handle already taken: " + handle);
    }
  }

  private Account changeHandle(Account account, Handle handle) {
    dids.changeHandle(account, handle);
    AccountEdits.Edited edited =
        edits.openly(
            account.pod(),
            after -> "handle.changed",
            before -> before.withHandle(handle),
            (before, after) -> new AccountChange.HandleChanged(after, before.handle()));
    cache.forget(account.pod());
    Handle before = edited.before().handle();
    cache.forgetHosts(before.value(), handle.value());
    tell(new AccountChange.HandleChanged(edited.after(), before));
    return edited.after();
  }

  @Override
  public void announce(PodId pod) {
    AccountEdits.Edited edited =
        edits.openly(
            pod,
            after -> "identity.announced",
            before -> before,
            (before, after) -> new AccountChange.HandleChanged(after, before.handle()));
    tell(new AccountChange.HandleChanged(edited.after(), edited.before().handle()));
  }

  @Override
  public void delete(PodId pod) {
    Account account = known(pod);
    edits.delete(account, clock.instant());
    cache.forget(pod);
    cache.forgetNames(account);
    tell(new AccountChange.SessionsEnded(account));
    tell(new AccountChange.Deleted(account));
  }

  @Override
  public void onChange(Consumer<AccountChange> listener) {
    listeners.add(listener);
  }

  private void tell(AccountChange change) {
    for (Consumer<AccountChange> listener : listeners) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        // The change is made and durable; one listener's trouble must not hide it from the others.
        LOG.error("a listener failed on {}", change.getClass().getSimpleName(), e);
      }
    }
  }
}
