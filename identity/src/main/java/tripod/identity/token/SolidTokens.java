package tripod.identity.token;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.identity.access.Agent;
import tripod.syntax.PodId;

/** Access tokens of Solid-OIDC: ours are made here, everybody's are checked here (SEC-60). */
public interface SolidTokens {
  /**
   * Makes an access token bound to a key.
   *
   * @param pod whose WebID it says
   * @param clientId the program
   * @param thumbprint the key's thumbprint
   */
  default String issue(PodId pod, String clientId, String thumbprint) {
    return issue(pod, clientId, thumbprint, Optional.empty());
  }

  /**
   * Makes an access token that ends here as soon as a grant does.
   *
   * @param pod whose WebID it says
   * @param clientId the program
   * @param thumbprint the key's thumbprint
   * @param grantId the grant it comes of
   */
  String issue(PodId pod, String clientId, String thumbprint, Optional<String> grantId);

  /**
   * Makes an ID token: who signed in, told to the client and, as Solid-OIDC has it, to whom the
   * client shows it.
   *
   * @param thumbprint the key's thumbprint
   * @param grantId the grant it comes of
   * @param nonce what the client sent to be repeated
   */
  String idToken(
      PodId pod, String clientId, String thumbprint, String grantId, Optional<String> nonce);

  /**
   * Checks who asks.
   *
   * @param authorization the {@code Authorization} field, if any
   * @param proofs the values of all {@code DPoP} fields
   * @param method the request's method
   * @param url the request's URL as the public sees it
   */
  Answer verify(@Nullable String authorization, List<String> proofs, String method, String url);

  /** Says whether all still holds that a token rested on. */
  boolean holds(Standing standing);

  /**
   * Asks to be told whenever something that tokens rest on has ended or may have ended; which of
   * them, {@link #holds} says. The listener is called on the thread that ended it, and must not
   * wait.
   */
  void onEnding(Runnable listener);

  /** What came of a check. */
  sealed interface Answer {
    /** Nobody said who they are. */
    record Anonymous() implements Answer {}

    /**
     * Somebody proved who they are.
     *
     * @param agent who
     * @param standing what must go on to hold while something is open that this opened
     */
    record Known(Agent agent, Standing standing) implements Answer {
      /** Nobody in particular. */
      public static final Known ANYONE = new Known(Agent.ANYONE, Standing.FREE);

      /** Returns the same, asking from a web origin. */
      public Known withOrigin(String from) {
        return new Known(agent.withOrigin(from), standing);
      }
    }

    /**
     * Something was said that does not hold: 401.
     *
     * @param reason for the answer's body
     * @param challenge the value of {@code WWW-Authenticate}
     */
    record Refused(String reason, String challenge) implements Answer {}
  }

  /** Returns the challenge for a request that needs an agent and has none. */
  String challenge();

  /** Reads WebID documents of other hosts, since this room knows no RDF. */
  @FunctionalInterface
  interface ProfileReader {
    /** No document of another host is understood. */
    ProfileReader NONE = (webId, uri, contentType, body) -> List.of();

    /**
     * Returns the objects of {@code solid:oidcIssuer} that a document has for a WebID.
     *
     * @param webId the subject
     * @param uri where the document came from, for relative IRIs
     * @param contentType its media type, with parameters
     * @param body its bytes, untrusted
     */
    List<String> issuers(String webId, java.net.URI uri, String contentType, byte[] body);
  }

  /** Answers for WebIDs of this host without asking over the network. */
  @FunctionalInterface
  interface LocalWebIds {
    /** Returns the issuers a WebID document of this host lists, or empty if it is not of here. */
    Optional<List<String>> issuers(String webId);
  }
}
