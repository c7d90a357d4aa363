package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import tripod.atproto.repo.CarReader;
import tripod.atproto.repo.RepoCommit;
import tripod.atproto.repo.RepoImport;
import tripod.identity.Account;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.identity.key.DidKey;
import tripod.identity.key.PodKeys;
import tripod.identity.scope.Permission;

/** {@code com.atproto.repo.importRepo}. */
final class ImportRepo implements Handler {
  /** Largest archive in bytes. */
  static final long BYTES_MAX = CarReader.BYTES_MAX;

  private final RepoImport imports;
  private final Authentication authentication;
  private final DidResolver dids;
  private final PodKeys keys;

  ImportRepo(RepoImport imports, Authentication authentication, DidResolver dids, PodKeys keys) {
    this.imports = imports;
    this.authentication = authentication;
    this.dids = dids;
    this.keys = keys;
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

  /** The key is the one that the document names now, of the old host or, once moved, ours. */
  private boolean isSigned(Account account, RepoCommit commit) {
    Optional<String> named = dids.refresh(account.did()).flatMap(DidDocument::signingKey);
    return named.filter(key -> DidKey.isDidKey(key) && verifies(key, commit)).isPresent()
        || verifies(keys.didKey(account.pod()), commit);
  }

  private static boolean verifies(String key, RepoCommit commit) {
    return DidKey.parse(key).verify(commit.unsigned(), commit.sig());
  }
}
