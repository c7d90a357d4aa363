package tripod.identity.oauth;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A program that asks for access.
 *
 * @param id its client id
 * @param dialect how it speaks
 * @param name what it calls itself, which proves nothing
 * @param home its page, on the origin of its id
 * @param redirects where answers may go
 * @param scopes all it may ask for; empty for no limit
 * @param isNative whether it runs on the person's own machine, where the port of a loopback address
 *     is not known before
 * @param refreshes whether it may hold refresh tokens
 * @param auth how it shows that it is itself
 */
record Client(
    String id,
    Dialect dialect,
    Optional<String> name,
    Optional<URI> home,
    List<String> redirects,
    Set<String> scopes,
    boolean isNative,
    boolean refreshes,
    Auth auth) {
  Client {
    redirects = List.copyOf(redirects);
    scopes = Set.copyOf(scopes);
  }

  /** How a client shows that it is itself. */
  sealed interface Auth {
    /** It cannot: anybody can say to be it. */
    record None() implements Auth {}

    /**
     * It signs.
     *
     * @param keys its keys, if its document holds them
     * @param keysAt where they are otherwise
     */
    record Keys(Optional<JWKSet> keys, Optional<URI> keysAt) implements Auth {}

    /**
     * It has a secret.
     *
     * @param hash of it
     */
    record SecretText(String hash) implements Auth {}
  }

  /** Says whether it can keep a secret. */
  boolean isConfidential() {
    return !(auth instanceof Auth.None);
  }

  /** Says whether answers may go to an address. */
  boolean mayRedirectTo(String address) {
    return redirects.stream().anyMatch(one -> RedirectUris.matches(one, address, isNative));
  }
}
