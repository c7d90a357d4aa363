package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;
import tripod.atproto.repo.CarReader;
import tripod.atproto.repo.RepoCommit;
import tripod.atproto.repo.RepoImport;
import tripod.identity.Account;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.identity.did.IdentityChanges;
import tripod.identity.key.DidKey;
import tripod.identity.key.PodKeys;
import tripod.identity.room.IdentityRoom;
import tripod.identity.scope.Permission;

/** {@code com.atproto.repo.importRepo}. */
final class ImportRepo implements Handler {
  /** Largest archive in bytes. */
  static final long BYTES_MAX = CarReader.BYTES_MAX;

  private final RepoImport imports;
  private final Authentication authentication;
  private final DidResolver dids;
  private final PodKeys keys;
  private final IdentityChanges changes;

  ImportRepo(RepoImport imports, Authentication authentication, IdentityRoom identity) {
    this.imports = imports;
    this.authentication = authentication;
    this.dids = identity.dids();
    this.keys = identity.podKeys();
    this.changes = identity.identityChanges();
  }

  @Override
  public void handle(Context context) {
    Account account =
        authentication
            .caller(context)
            .account(Permission.Part.REPO, Permission.Access.MANAGE)
            .notApp()
            .account();
    try (InputStream in = context.bodyInputStream()) {
      imports.replace(account.pod(), in, commit -> isSigned(account, commit));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context.status(200);
  }

  /**
   * SEC-35. The key is the one that the document names now, of the old host or, once moved, ours;
   * or one it named before: a backup is older than the key by which its owner left a dead host.
   */
  private boolean isSigned(Account account, RepoCommit commit) {
    Optional<String> named = dids.refresh(account.did()).flatMap(DidDocument::signingKey);
    return Stream.concat(named.stream(), Stream.of(keys.didKey(account.pod())))
            .anyMatch(key -> verifies(key, commit))
        || changes.signingKeysEver(account.did()).stream().anyMatch(key -> verifies(key, commit));
  }

  private static boolean verifies(String key, RepoCommit commit) {
    return DidKey.isDidKey(key) && DidKey.parse(key).verify(commit.unsigned(), commit.sig());
  }
}
