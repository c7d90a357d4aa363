package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.HashSet;
import java.util.List;
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
  private static final int MISSING_PAGE = 1000;

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

  private record Found(
      Optional<RepoHead> head, int records, int blocks, int blobs, int preferences) {}

  @Override
  public void handle(Context context) {
    Account account = authentication.leaving(context).account();
    Found found =
        store.read(
            account.pod(),
            reader -> {
              RepoView view = RepoView.of(reader);
              return new Found(
                  view.head(),
                  view.size(trees),
                  view.blockCount(trees),
                  view.blobs(Optional.empty(), Optional.empty(), Integer.MAX_VALUE).size(),
                  Preferences.read(reader.partition(Preferences.PARTITION)).size());
            });
    int missing = missing(account);
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
          out.writeNumberField("privateStateValues", found.preferences());
          out.writeNumberField("expectedBlobs", found.blobs() + missing);
          out.writeNumberField("importedBlobs", found.blobs());
        });
  }

  private int missing(Account account) {
    Set<Cid> cids = new HashSet<>();
    Optional<Cid> after = Optional.empty();
    List<RepoImport.MissingBlob> page;
    do {
      page = imports.missingBlobs(account.pod(), after, MISSING_PAGE);
      page.forEach(blob -> cids.add(blob.cid()));
      after = page.isEmpty() ? after : Optional.of(page.getLast().cid());
    } while (page.size() == MISSING_PAGE);
    return cids.size();
  }
}
