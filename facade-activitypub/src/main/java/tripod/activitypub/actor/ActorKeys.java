package tripod.activitypub.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.InstantSource;
import tripod.activitypub.signature.IntegrityProof;
import tripod.activitypub.signature.SigningKey;
import tripod.identity.key.HostKeys;
import tripod.identity.key.PodKeys;
import tripod.syntax.PodNames;

/** The keys that our actors sign with, by the names under which peers find them. */
public final class ActorKeys {
  /** Fragment of the RSA key. */
  static final String MAIN_KEY = "#main-key";

  /** Fragment of the Ed25519 key. */
  static final String ED25519_KEY = "#ed25519-key";

  private final PodKeys podKeys;
  private final HostKeys hostKeys;
  private final URI serviceOrigin;
  private final InstantSource clock;

  /** Signs with keys that identity keeps. */
  public ActorKeys(PodKeys podKeys, HostKeys hostKeys, URI serviceOrigin, InstantSource clock) {
    this.podKeys = podKeys;
    this.hostKeys = hostKeys;
    this.serviceOrigin = serviceOrigin;
    this.clock = clock;
  }

  /** Returns a member's RSA key. */
  public SigningKey of(PodNames names) {
    return new SigningKey(
        names.actor().value() + MAIN_KEY, data -> podKeys.signRsa(names.pod(), data));
  }

  /** Returns the server actor's RSA key. */
  public SigningKey server() {
    return new SigningKey(serverActor() + MAIN_KEY, hostKeys::signRsa);
  }

  /** Returns the server actor's id. */
  public String serverActor() {
    return serviceOrigin + "/actor";
  }

  String rsaPem(PodNames names) {
    return podKeys.rsaPem(names.pod());
  }

  String serverPem() {
    return hostKeys.rsaPem();
  }

  String multibase(PodNames names) {
    return podKeys.ed25519Multibase(names.pod());
  }

  /** Returns an activity with a proof by the member's Ed25519 key (FEP-8b32). */
  public ObjectNode prove(ObjectNode activity, PodNames names) {
    return IntegrityProof.add(
        activity,
        names.actor().value() + ED25519_KEY,
        data -> podKeys.signEd25519(names.pod(), data),
        clock);
  }
}
