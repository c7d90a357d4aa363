package tripod.identity.access;

import java.util.Optional;
import java.util.stream.Stream;
import tripod.syntax.ActorIri;
import tripod.syntax.Did;
import tripod.syntax.PodNames;
import tripod.syntax.WebId;

/**
 * Who asks, as far as it was proved.
 *
 * @param webId the WebID proved by a token
 * @param actor the actor whose key signed the request
 * @param did the identity proved by a token or a service token
 * @param clientId the program that asks for them
 * @param origin the web origin the request came from, if a browser said so
 */
public record Agent(
    Optional<WebId> webId,
    Optional<ActorIri> actor,
    Optional<Did> did,
    Optional<String> clientId,
    Optional<String> origin) {
  /** Somebody of whom nothing is known. */
  public static final Agent ANYONE =
      new Agent(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Makes an agent known by WebID alone. */
  public static Agent of(WebId webId) {
    return new Agent(
        Optional.of(webId), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Makes an agent known by an actor alone. */
  public static Agent of(ActorIri actor) {
    return new Agent(
        Optional.empty(), Optional.of(actor), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Makes the agent who is the owner of a pod, known by all three names. */
  public static Agent owner(PodNames names) {
    return new Agent(
        Optional.of(names.webId()),
        Optional.of(names.actor()),
        Optional.of(names.did()),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns this agent asking through a program. */
  public Agent withClient(String client) {
    return new Agent(webId, actor, did, Optional.of(client), origin);
  }

  /** Returns this agent asking from a web origin. */
  public Agent withOrigin(String from) {
    return new Agent(webId, actor, did, clientId, Optional.of(from));
  }

  /** Says whether anything proves who asks. */
  public boolean isAuthenticated() {
    return webId.isPresent() || actor.isPresent() || did.isPresent();
  }

  /** Returns the IRIs by which a rule can name this agent. */
  public Stream<String> names() {
    return Stream.of(webId.map(WebId::value), actor.map(ActorIri::value), did.map(Did::value))
        .flatMap(Optional::stream);
  }
}
