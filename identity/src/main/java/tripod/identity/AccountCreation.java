package tripod.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** Making an account: everything is checked and prepared, then stored in one transaction. */
final class AccountCreation {
  private static final Logger LOG = LoggerFactory.getLogger(AccountCreation.class);

  /** How long an account that moves here is kept when nobody wakes it (atproto.md 4.1). */
  static final Duration UNWOKEN_KEPT = Duration.ofDays(3);

  private static final int EMAIL_CHARS_MAX = 254;
  private static final int HOST_TRIES_MAX = 1000;
  private static final int NAME_CHARS_MAX = 63;
  private static final int NAMED_MAX = 10_000;

  /** Possessive, so that it is linear (SEC-37). */
  private static final Pattern EMAIL =
      Pattern.compile(
          "[^\\s@<>\",;:\\\\()\\[\\]\\p{Cntrl}]{1,64}+@([a-zA-Z0-9-]++\\.)*+[a-zA-Z0-9-]++");

  private final IdentityConfig config;
  private final StoredAccounts.Ground ground;
  private final HandleRules rules;
  private final InstantSource clock;

  /** Names in the making, so that two who want one name do not both go to a directory. */
  private final Set<String> wantedNow = ConcurrentHashMap.newKeySet();

  /** What each account was last called: asked several times by each write. */
  private final Cache<PodId, Named> named =
      Caffeine.newBuilder().maximumSize(NAMED_MAX).executor(Runnable::run).build();

  private record Named(Account account, PodNames names) {}

  AccountCreation(
      IdentityConfig config, StoredAccounts.Ground ground, HandleRules rules, InstantSource clock) {
    this.config = config;
    this.ground = ground;
    this.rules = rules;
    this.clock = clock;
  }

  PodNames names(Account account) {
    Optional<Named> known = Optional.ofNullable(named.getIfPresent(account.pod()));
    if (known.isPresent() && known.get().account().equals(account)) {
      return known.get().names();
    }
    PodNames names = newNames(account);
    named.put(account.pod(), new Named(account, names));
    return names;
  }

  private PodNames newNames(Account account) {
    return new PodNames(
        account.pod(),
        account.did(),
        account.handle(),
        config.podOrigin(account.host()),
        account.name());
  }

  /**
   * Makes an account.
   *
   * @param coming is told of the account before it is stored, since what follows the pod's first
   *     write asks whose pod it is
   */
  Account create(NewAccount wanted, Consumer<Account> coming) {
    Handle handle = wanted.handle();
    checkHandle(wanted);
    wanted.email().ifPresent(AccountCreation::checkEmail);
    ground.passwords().checkNew(wanted.password(), words(handle, wanted.email()));
    if (config.inviteRequired() && !wanted.byHost()) {
      ground.invites().check(wanted.inviteCode());
    }
    wanted
        .recoveryKey()
        .filter(key -> !isKey(key))
        .ifPresent(
            key -> {
              throw new IdentityFailure.Invalid("the recovery key is no did:key");
            });
    Set<String> claims = new HashSet<>();
    try {
      claim(handle.value(), claims);
      wanted.email().map(AccountRows::key).ifPresent(email -> claim(email, claims));
      wanted.did().map(Did::value).ifPresent(did -> claim(did, claims));
      checkFree(wanted);
      return make(wanted, host(handle, claims), coming);
    } finally {
      wantedNow.removeAll(claims);
    }
  }

  private static boolean isKey(String text) {
    return text.startsWith("did:key:z") && text.length() <= 512;
  }

  private void checkHandle(NewAccount wanted) {
    if (wanted.did().isEmpty() || rules.nameHere(wanted.handle()).isPresent()) {
      rules.checkHere(wanted.handle());
      return;
    }
    rules.checkForeign(wanted.handle());
    if (!ground.dids().pointsTo(wanted.handle(), wanted.did().get())) {
      throw new IdentityFailure.InvalidHandle("External handle did not resolve to DID");
    }
  }

  private void claim(String name, Set<String> claims) {
    if (!wantedNow.add(name)) {
      throw new IdentityFailure.HandleTaken("Handle already taken: " + name);
    }
    claims.add(name);
  }

  private void checkFree(NewAccount wanted) {
    ground
        .database()
        .query(
            open -> {
              if (AccountRows.podByHost(open, wanted.handle().value()).isPresent()) {
                throw new IdentityFailure.HandleTaken("Handle already taken: " + wanted.handle());
              }
              if (wanted.email().isPresent()
                  && AccountRows.podByEmail(open, wanted.email().get()).isPresent()) {
                throw new IdentityFailure.EmailTaken("Email already taken");
              }
              if (wanted.did().isPresent()
                  && AccountRows.podByDid(open, wanted.did().get()).isPresent()) {
                throw new IdentityFailure.Conflict("the identity has an account here already");
              }
              return wanted;
            });
  }

  /**
   * Chooses the pod's host name: the handle where it is under a domain of ours, else a free name
   * that begins like it, since a handle may be proved by DNS alone while its host serves others.
   */
  private String host(Handle handle, Set<String> claims) {
    if (rules.nameHere(handle).isPresent()) {
      return handle.value();
    }
    String label = handle.value().substring(0, handle.value().indexOf('.'));
    String domain = config.handleDomains().getFirst();
    for (int i = 1; i < HOST_TRIES_MAX; i++) {
      String suffix = i == 1 ? "" : "-" + i;
      String start = label.substring(0, Math.min(label.length(), NAME_CHARS_MAX - suffix.length()));
      String host = start + suffix + domain;
      boolean free =
          ground.database().query(open -> AccountRows.podByHost(open, host)).isEmpty()
              && Handle.isValid(host);
      if (free && wantedNow.add(host)) {
        claims.add(host);
        return host;
      }
    }
    throw new IdentityFailure.HandleTaken("no host name is free for " + handle);
  }

  private Account make(NewAccount wanted, String host, Consumer<Account> coming) {
    String password = ground.passwords().hash(wanted.password());
    PodId pod = ground.pods().nextPodId();
    NewPodKeys.Prepared keys = ground.keys().prepare(pod, wanted.did());
    Optional<DidRegistration.Prepared> registration = Optional.empty();
    boolean made = false;
    try {
      if (wanted.did().isEmpty()) {
        registration = Optional.of(identity(wanted, host, keys));
        registration.get().submit();
      }
      Account account = account(wanted, host, pod, registration);
      coming.accept(account);
      store(wanted, account, password, keys, registration);
      made = true;
      return account;
    } finally {
      if (!made) {
        keys.forget();
        registration.ifPresent(AccountCreation::undo);
      }
    }
  }

  private DidRegistration.Prepared identity(
      NewAccount wanted, String host, NewPodKeys.Prepared keys) {
    return wanted.web()
        ? ground.dids().prepareWeb(host)
        : ground.dids().prepare(wanted.handle(), keys.didKey(), wanted.recoveryKey());
  }

  private static void undo(DidRegistration.Prepared registration) {
    try {
      registration.undo();
    } catch (IdentityFailure e) {
      LOG.warn("an identity could not be taken back: {}", e.getMessage());
    }
  }

  private Account account(
      NewAccount wanted, String host, PodId pod, Optional<DidRegistration.Prepared> registration) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    boolean moving = registration.isEmpty();
    return new Account(
        pod,
        registration.map(DidRegistration.Prepared::did).or(wanted::did).orElseThrow(),
        wanted.handle(),
        host.substring(0, host.indexOf('.')),
        host,
        wanted.email(),
        false,
        moving ? Account.State.DEACTIVATED : Account.State.ACTIVE,
        now,
        moving ? Optional.of(now) : Optional.empty(),
        moving ? Optional.of(now.plus(UNWOKEN_KEPT)) : Optional.empty(),
        Optional.empty());
  }

  private void store(
      NewAccount wanted,
      Account account,
      String password,
      NewPodKeys.Prepared keys,
      Optional<DidRegistration.Prepared> registration) {
    try {
      ground
          .pods()
          .create(
              new AccountChange.Created(account),
              names(account),
              open -> {
                AccountRows.insert(open, account, password);
                keys.store().run(open);
                if (registration.isPresent()) {
                  registration.get().store().run(open);
                }
                if (config.inviteRequired() && wanted.inviteCode().isPresent()) {
                  ground.invites().use(wanted.inviteCode().get(), account.did()).run(open);
                }
                ground
                    .audit()
                    .within(
                        new AuditLog.Event(
                            Optional.of(account.pod()),
                            "account.created",
                            account.did().value(),
                            Optional.empty()))
                    .run(open);
              });
    } catch (IdentityFailure e) {
      throw e;
    } catch (RuntimeException e) {
      // Another process on the same database may have been quicker: then it is no fault of ours.
      checkFree(wanted);
      throw e;
    }
  }

  static void checkEmail(String email) {
    if (email.length() > EMAIL_CHARS_MAX || !EMAIL.matcher(email).matches()) {
      throw new IdentityFailure.InvalidEmail("This email address is not supported");
    }
  }

  static Set<String> words(Handle handle, Optional<String> email) {
    Set<String> words = new HashSet<>(Set.of(handle.value()));
    email.ifPresent(
        text -> {
          words.add(text.toLowerCase(Locale.ROOT));
          words.add(text.substring(0, text.indexOf('@')).toLowerCase(Locale.ROOT));
        });
    return words;
  }
}
