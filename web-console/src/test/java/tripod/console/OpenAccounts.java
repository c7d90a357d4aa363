package tripod.console;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tripod.identity.Account;
import tripod.identity.FakeAccounts;
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

/** Accounts that anybody may open: real pods, plain passwords, no directory. */
final class OpenAccounts extends FakeAccounts {
  private final Map<PodId, Secret> passwords = new ConcurrentHashMap<>();
  private final PodStore store;

  OpenAccounts(PodStore store, IdentityConfig config) {
    super(config);
    this.store = store;
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
        active(
            pod,
            new Did("did:plc:" + "abcdefghijklmnopqrstuvwx".substring(0, 23) + letter(pod)),
            wanted.handle(),
            host.substring(0, host.indexOf('.')),
            wanted.email());
    store.create(
        pod,
        PodStore.JdbcWork.NONE,
        writer -> {
          writer.put(PodPath.ROOT, new Content.Container());
          writer.put(SocialPaths.POSTS, new Content.Container());
          return account;
        });
    put(account);
    passwords.put(pod, wanted.password());
    return new Created(account, names(account));
  }

  private static char letter(PodId pod) {
    return (char) ('a' + pod.value() % 26);
  }

  @Override
  public void checkNewHandle(Handle handle) {}

  @Override
  public void checkNewPassword(Secret password) {}

  @Override
  public Account signIn(String identifier, Secret password) {
    return byIdentifier(identifier)
        .filter(account -> verifyPassword(account.pod(), password))
        .orElseThrow(() -> new IdentityFailure.BadPassword("no"));
  }

  @Override
  public boolean verifyPassword(PodId pod, Secret password) {
    return passwords.getOrDefault(pod, Secret.of("\0")).matches(password);
  }
}
