package tripod.atproto.authority;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tripod.atproto.lexicon.RecordCheck;
import tripod.atproto.repo.RecordProof;
import tripod.atproto.repo.RepoCommit;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.identity.did.TxtLookup;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.key.DidKey;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.social.RecordName;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/**
 * Asks for a lexicon where its name says: the name's domain names an identity, whose repository has
 * the document (atproto.md 6.4). Blocks; keeps nothing.
 */
final class AuthoritySearch {
  private static final String TEXT = "did=";

  private final PodStore store;
  private final Accounts accounts;
  private final DidResolver dids;
  private final TxtLookup txt;
  private final OutboundHttp http;

  AuthoritySearch(
      PodStore store, Accounts accounts, DidResolver dids, TxtLookup txt, OutboundHttp http) {
    this.store = store;
    this.accounts = accounts;
    this.dids = dids;
    this.txt = txt;
    this.http = http;
  }

  Answer ask(Nsid name) {
    try {
      Optional<Did> authority = authority(name);
      if (authority.isEmpty()) {
        return new Answer.None("no identity speaks for " + name.domain());
      }
      Optional<Account> here = accounts.byDid(authority.get());
      return here.isPresent() ? own(name, here.get()) : elsewhere(name, authority.get());
    } catch (PodFailure.Invalid | PodFailure.TooLarge e) {
      return new Answer.None(String.valueOf(e.getMessage()));
    } catch (OutboundFailure.Refused e) {
      return new Answer.None("the authority's host must not be asked");
    } catch (OutboundFailure | IdentityFailure.Unavailable e) {
      return new Answer.NotNow("the authority cannot be reached");
    }
  }

  /** The exact group alone: nobody is asked further up. */
  private Optional<Did> authority(Nsid name) {
    List<String> named =
        txt.texts("_lexicon." + name.domain()).stream()
            .filter(text -> text.startsWith(TEXT))
            .map(text -> text.substring(TEXT.length()))
            .toList();
    return named.size() == 1 && Did.isValid(named.getFirst())
        ? Optional.of(new Did(named.getFirst()))
        : Optional.empty();
  }

  /** Nothing need be proved of a repository that is kept here. */
  private Answer own(Nsid name, Account account) {
    if (!account.isActive()) {
      return new Answer.None("the authority's repository is not active");
    }
    RecordName record = record(name);
    return store
        .read(account.pod(), pod -> RepoView.of(pod).record(record))
        .<Answer>map(
            found ->
                new Answer.Found(
                    Published.read(
                        name, record.uri(account.did()), found.leaf().cid(), found.block())))
        .orElseGet(() -> none(name));
  }

  private Answer elsewhere(Nsid name, Did authority) {
    Optional<DidDocument> document = dids.resolve(authority);
    Optional<URI> pds = document.flatMap(DidDocument::pds);
    if (pds.isEmpty()) {
      return new Answer.None("the authority has no repository: " + authority);
    }
    OutboundResponse answer =
        http.send(
            OutboundRequest.get(
                    proofAddress(pds.get(), authority, name), OutboundRequest.Limit.METADATA)
                .with("Accept", "application/vnd.ipld.car"));
    if (answer.status() >= 500 || answer.status() == 429) {
      return new Answer.NotNow("the authority's host answered " + answer.status());
    }
    if (!answer.isSuccess()) {
      return none(name);
    }
    RecordProof proof = RecordProof.read(new ByteArrayInputStream(answer.body()));
    if (!proof.commit().did().equals(authority) || !isSigned(authority, proof.commit())) {
      return new Answer.None("the proof is not signed by " + authority);
    }
    RecordName record = record(name);
    return proof
        .find(record)
        .<Answer>map(
            found ->
                new Answer.Found(
                    Published.read(name, record.uri(authority), found.cid(), found.block())))
        .orElseGet(() -> none(name));
  }

  /** A key that does not fit may have been exchanged since its document was read. */
  private boolean isSigned(Did authority, RepoCommit commit) {
    return dids.resolve(authority).filter(document -> fits(document, commit)).isPresent()
        || dids.refresh(authority).filter(document -> fits(document, commit)).isPresent();
  }

  private static boolean fits(DidDocument document, RepoCommit commit) {
    return document
        .signingKey()
        .filter(DidKey::isDidKey)
        .filter(key -> DidKey.parse(key).verify(commit.unsigned(), commit.sig()))
        .isPresent();
  }

  /** DIDs and names of lexicons have no character that a query would need escaped, but for one. */
  private static URI proofAddress(URI pds, Did authority, Nsid name) {
    String origin = pds.toString();
    return URI.create(
        (origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin)
            + "/xrpc/com.atproto.sync.getRecord?did="
            + authority.value().replace("%", "%25")
            + "&collection="
            + RecordCheck.SCHEMA
            + "&rkey="
            + name);
  }

  private static RecordName record(Nsid name) {
    return new RecordName(RecordCheck.SCHEMA, new RecordKey(name.value()));
  }

  private static Answer none(Nsid name) {
    return new Answer.None("the authority has no lexicon " + name);
  }
}
