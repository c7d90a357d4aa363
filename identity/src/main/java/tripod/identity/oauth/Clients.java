package tripod.identity.oauth;

import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.identity.token.ClientAssertions;
import tripod.identity.token.OpaqueTokens;

/** Finds clients by their ids, and checks that one is itself. */
final class Clients {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final RegisteredClients registered;
  private final ClientDocuments documents;
  private final ClientAssertions assertions;
  private final String issuer;

  Clients(
      RegisteredClients registered,
      ClientDocuments documents,
      ClientAssertions assertions,
      String issuer) {
    this.registered = registered;
    this.documents = documents;
    this.assertions = assertions;
    this.issuer = issuer;
  }

  /**
   * Returns a client.
   *
   * @param dialect how it is about to speak, where its id leaves that open
   */
  Client find(String clientId, Dialect dialect) {
    if (RegisteredClients.isRegistered(clientId)) {
      return registered
          .find(clientId)
          .orElseThrow(() -> OAuthFailure.client("the client is not registered here"));
    }
    if (ClientMetadata.isLoopback(clientId)) {
      if (dialect != Dialect.ATPROTO) {
        throw OAuthFailure.client("the client id http://localhost is for ATProto");
      }
      return ClientMetadata.loopback(clientId);
    }
    return documents.client(clientId, dialect);
  }

  /** What a client sent to show that it is itself. */
  record Shown(
      String clientId,
      Optional<Secret> secret,
      Optional<String> assertionType,
      Optional<String> assertion) {}

  /**
   * Checks that a client is itself.
   *
   * @return how it showed that, which must stay the same for as long as its grant lasts
   */
  String authenticate(Client client, Shown shown) {
    return switch (client.auth()) {
      case Client.Auth.None none -> "none";
      case Client.Auth.SecretText(String hash) -> {
        String sent = shown.secret().map(Secret::reveal).map(OpaqueTokens::hash).orElse("");
        if (!MessageDigest.isEqual(
            hash.getBytes(StandardCharsets.US_ASCII), sent.getBytes(StandardCharsets.US_ASCII))) {
          throw OAuthFailure.client("the client's secret is wrong or missing");
        }
        yield "client_secret";
      }
      case Client.Auth.Keys keys -> "private_key_jwt " + signed(client, keys, shown);
    };
  }

  private String signed(Client client, Client.Auth.Keys auth, Shown shown) {
    if (shown.assertion().isEmpty() || !shown.assertionType().equals(Optional.of(ASSERTION_TYPE))) {
      throw OAuthFailure.client("expected a client assertion");
    }
    JWKSet keys = documents.keys(auth);
    try {
      return assertions.verify(shown.assertion().get(), client.id(), issuer, keys);
    } catch (IdentityFailure.BadToken e) {
      throw new OAuthFailure("invalid_client", String.valueOf(e.getMessage()), e);
    }
  }
}
