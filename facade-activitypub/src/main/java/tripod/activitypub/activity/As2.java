package tripod.activitypub.activity;

import java.util.Set;

/** Names of ActivityStreams 2.0 and its neighbours, as they stand in JSON. */
public final class As2 {
  /** The context of ActivityStreams. */
  public static final String CONTEXT = "https://www.w3.org/ns/activitystreams";

  /** The context that defines {@code publicKey}. */
  public static final String SECURITY_CONTEXT = "https://w3id.org/security/v1";

  /** The context that defines {@code proof}. */
  public static final String PROOF_CONTEXT = "https://w3id.org/security/data-integrity/v1";

  /** The context that defines {@code assertionMethod}. */
  public static final String DID_CONTEXT = "https://www.w3.org/ns/did/v1";

  /** The context that defines {@code Multikey}. */
  public static final String MULTIKEY_CONTEXT = "https://w3id.org/security/multikey/v1";

  /** The collection of everybody. */
  public static final String PUBLIC = CONTEXT + "#Public";

  /** The media type of ActivityStreams. */
  public static final String ACTIVITY_JSON = "application/activity+json";

  /** The media type of JSON-LD. */
  public static final String LD_JSON = "application/ld+json";

  /** JSON-LD with the profile that makes it ActivityStreams. */
  public static final String LD_JSON_PROFILE = LD_JSON + "; profile=\"" + CONTEXT + "\"";

  /** What a request for an object accepts. */
  public static final String ACCEPT = ACTIVITY_JSON + ", " + LD_JSON_PROFILE;

  /** The content type of every answer. */
  public static final String CONTENT_TYPE = ACTIVITY_JSON + "; charset=utf-8";

  private static final Set<String> PUBLIC_SPELLINGS = Set.of(PUBLIC, "as:Public", "Public");

  private static final Set<String> ACTORS =
      Set.of("Person", "Service", "Group", "Organization", "Application");

  private As2() {}

  /** Says whether an IRI is one of the three spellings of the collection of everybody. */
  public static boolean isPublic(String iri) {
    return PUBLIC_SPELLINGS.contains(iri);
  }

  /** Says whether a type is one of an actor. */
  public static boolean isActor(String type) {
    return ACTORS.contains(type);
  }
}
