package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tripod.atproto.repo.MstCache;
import tripod.atproto.repo.RepoHead;
import tripod.atproto.repo.RepoImport;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.podstore.PodStore;
import tripod.syntax.Cid;

/** {@code com.atproto.server.checkAccountStatus}: how far a move has come. */
final class CheckAccountStatus implements Handler {
  private static final int MISSING_MAX = 1000;
  private static final int BLOBS_MAX = 100_000;

  private final PodStore store;
  private final Authentication authentication;
  private final MstCache trees;
  private final RepoImport imports;
  private final OwnIdentity identities;

  CheckAccountStatus(
      PodStore store,
      Authentication authentication,
      MstCache trees,
      RepoImport imports,
      OwnIdentity identities) {
    this.store = store;
    this.authentication = authentication;
    this.trees = trees;
    this.imports = imports;
    this.identities = identities;
  }

  private record Found(Optional<RepoHead> head, int records, int blocks, int blobs) {}

  @Override
  public void handle(Context context) {
    Account account = authentication.caller(context).account();
    Found found =
        store.read(
            account.pod(),
            reader -> {
              RepoView view = RepoView.of(reader);
              return new Found(
                  view.head(),
                  view.size(trees),
                  view.blockCount(trees),
                  view.blobs(Optional.empty(), Optional.empty(), BLOBS_MAX).size());
            });
    Set<Cid> missing = new HashSet<>();
    imports
        .missingBlobs(account.pod(), Optional.empty(), MISSING_MAX)
        .forEach(blob -> missing.add(blob.cid()));
    boolean valid = identities.fault(account).isEmpty();
    Answer.json(
        context,
        out -> {
          out.writeBooleanField("activated", account.isActive());
          out.writeBooleanField("validDid", valid);
          if (found.head().isPresent()) {
            out.writeStringField("repoCommit", found.head().get().commit().toString());
            out.writeStringField("repoRev", found.head().get().rev().value());
          }
          out.writeNumberField("repoBlocks", found.blocks());
          out.writeNumberField("indexedRecords", found.records());
          out.writeNumberField("privateStateValues", 0);
          out.writeNumberField("expectedBlobs", found.blobs() + missing.size());
          out.writeNumberField("importedBlobs", found.blobs());
        });
  }
}
