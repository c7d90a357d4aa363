package tripod.server.wiring;

import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.social.KnownPerson;
import tripod.podstore.social.KnownPost;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.AtUri;
import tripod.syntax.Did;
import tripod.syntax.PodNames;

/** The names of all members of this host, and of what is in their pods. */
final class HostNameBook implements NameBook {
  private final Late<Accounts> accounts;

  HostNameBook(Late<Accounts> accounts) {
    this.accounts = accounts;
  }

  @Override
  public Optional<KnownPerson> person(Did did) {
    return accounts.get().byDid(did).map(this::known);
  }

  @Override
  public Optional<KnownPerson> person(String iri) {
    return owner(iri)
        .filter(
            names ->
                iri.equals(names.actor().value())
                    || iri.equals(names.webId().value())
                    || iri.equals(names.storage().toString()))
        .map(HostNameBook::known);
  }

  @Override
  public Optional<KnownPost> post(AtUri uri) {
    return uri.hasDid()
        ? accounts
            .get()
            .byDid(uri.did())
            .map(account -> accounts.get().names(account))
            .flatMap(names -> NameBook.EMPTY.withOwn(names).post(uri))
        : Optional.empty();
  }

  @Override
  public Optional<KnownPost> post(String iri) {
    return owner(iri)
        .filter(names -> SocialPaths.path(iri, names).isPresent())
        .flatMap(names -> NameBook.EMPTY.withOwn(names).post(iri));
  }

  private Optional<PodNames> owner(String iri) {
    int start = iri.indexOf("://");
    if (start < 0) {
      return Optional.empty();
    }
    int end = iri.indexOf('/', start + 3);
    String authority = iri.substring(start + 3, end < 0 ? iri.length() : end);
    int port = authority.lastIndexOf(':');
    String host = port < 0 ? authority : authority.substring(0, port);
    return accounts.get().byHost(host).map(account -> accounts.get().names(account));
  }

  private KnownPerson known(Account account) {
    return known(accounts.get().names(account));
  }

  private static KnownPerson known(PodNames names) {
    return new KnownPerson(
        Optional.of(names.did()),
        Optional.of(names.handle()),
        Optional.of(names.actor()),
        Optional.of(names.acct()),
        Optional.of(names.storage().toString()));
  }
}
