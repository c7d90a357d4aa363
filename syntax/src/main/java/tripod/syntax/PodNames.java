package tripod.syntax;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * What others call one pod: the DID, the handle, and the web origin under which its documents, its
 * actor and its WebID live.
 *
 * <p>A value of words only: it translates between the pod's internal paths (which hold no domain,
 * mapping note NAM-1) and the IRIs that peers see. Immutable and safe between threads.
 *
 * @param pod the internal key, never shown to anybody
 * @param did the ATProto identity
 * @param handle the ATProto handle, which is also the pod's host name without a port
 * @param origin scheme, host and port, without a path or a trailing slash
 * @param username the part before the first at-sign of the fediverse address, {@code
 *     preferredUsername} of the actor
 */
public record PodNames(PodId pod, Did did, Handle handle, URI origin, String username) {
  /**
   * Checks the origin.
   *
   * @throws SyntaxException when it has no host, or a path
   */
  public PodNames {
    Objects.requireNonNull(pod);
    Objects.requireNonNull(did);
    Objects.requireNonNull(handle);
    Objects.requireNonNull(username);
    String path = origin.getRawPath();
    if (origin.getHost() == null || (path != null && !path.isEmpty())) {
      throw new SyntaxException("pod origin", origin.toString());
    }
  }

  /** Returns the ActivityPub actor id of this pod. */
  public ActorIri actor() {
    return new ActorIri(origin + "/actor");
  }

  /** Returns the WebID of the person whose pod this is. */
  public WebId webId() {
    return new WebId(origin + "/profile/card#me");
  }

  /** Returns the storage root, which ends with a slash. */
  public URI storage() {
    return URI.create(origin + "/");
  }

  /**
   * Returns host and port as they stand in the origin, the part after the last at-sign of {@link
   * #acct}.
   */
  public String authority() {
    return origin.getRawAuthority();
  }

  /** Returns the fediverse address without a scheme, {@code alice@alice.example}. */
  public String acct() {
    return username + "@" + authority();
  }

  /** Returns the IRI of the resource at an internal path, which begins with a slash. */
  public String iri(String path) {
    return origin + path;
  }

  /**
   * Returns the internal path (with any fragment) of an IRI of this pod, or empty when the IRI
   * belongs to somebody else.
   */
  public Optional<String> path(String iri) {
    String prefix = origin.toString();
    return iri.startsWith(prefix + "/")
        ? Optional.of(iri.substring(prefix.length()))
        : Optional.empty();
  }
}
