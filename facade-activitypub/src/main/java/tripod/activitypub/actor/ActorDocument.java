package tripod.activitypub.actor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.vocab.As2View;
import tripod.podstore.social.Social;
import tripod.syntax.PodNames;

/** Writes the documents of our own actors. */
public final class ActorDocument {
  private final ActorKeys keys;
  private final URI serviceOrigin;
  private final As2View view;

  /** Writes with the public parts of {@code keys}, and what profiles say by {@code view}. */
  public ActorDocument(ActorKeys keys, URI serviceOrigin, As2View view) {
    this.keys = keys;
    this.serviceOrigin = serviceOrigin;
    this.view = view;
  }

  /**
   * Writes a member's actor.
   *
   * @param profile what the card says, if it can be read
   * @param created when the account was made
   */
  public ObjectNode of(PodNames names, Optional<Social.Profile> profile, Instant created) {
    String id = names.actor().value();
    ObjectNode actor = ActivityJson.object();
    actor.set("@context", context());
    actor.put("id", id);
    actor.put("type", "Person");
    actor.put("preferredUsername", names.username());
    profile.ifPresent(said -> view.profile(actor, said, names));
    if (!actor.has("name")) {
      actor.put("name", names.username());
    }
    if (!actor.has("summary")) {
      actor.put("summary", "");
    }
    actor.put("published", created.truncatedTo(ChronoUnit.SECONDS).toString());
    actor.put("url", names.storage().toString());
    actor.put("inbox", id + "/inbox");
    actor.put("outbox", id + "/outbox");
    actor.put("followers", id + "/followers");
    actor.put("following", id + "/following");
    actor.put("liked", id + "/liked");
    actor.put("featured", id + "/featured");
    actor.putObject("endpoints").put("sharedInbox", serviceOrigin + "/inbox");
    actor.put("manuallyApprovesFollowers", false);
    actor.put("discoverable", true);
    if (!actor.has("indexable")) {
      actor.put("indexable", true);
    }
    actor.put("webfinger", names.acct());
    actor
        .putArray("alsoKnownAs")
        .add(names.did().value())
        .add("at://" + names.handle().value())
        .add(names.webId().value());
    publicKey(actor, id, keys.rsaPem(names));
    actor
        .putArray("assertionMethod")
        .addObject()
        .put("id", id + ActorKeys.ED25519_KEY)
        .put("type", "Multikey")
        .put("controller", id)
        .put("publicKeyMultibase", keys.multibase(names));
    return actor;
  }

  /** Writes the server's own actor, which signs fetches and is followed by nobody. */
  public ObjectNode ofServer() {
    String id = keys.serverActor();
    ObjectNode actor = ActivityJson.object();
    actor.putArray("@context").add(As2.CONTEXT).add(As2.SECURITY_CONTEXT);
    actor.put("id", id);
    actor.put("type", "Application");
    actor.put("preferredUsername", serviceOrigin.getHost());
    actor.put("name", "Tripod");
    actor.put("url", serviceOrigin + "/");
    actor.put("inbox", serviceOrigin + "/inbox");
    actor.put("outbox", id + "/outbox");
    actor.put("manuallyApprovesFollowers", true);
    actor.put("discoverable", false);
    actor.put("indexable", false);
    publicKey(actor, id, keys.serverPem());
    return actor;
  }

  private static void publicKey(ObjectNode actor, String id, String pem) {
    actor
        .putObject("publicKey")
        .put("id", id + ActorKeys.MAIN_KEY)
        .put("owner", id)
        .put("publicKeyPem", pem);
  }

  private static ArrayNode context() {
    ArrayNode context = ActivityJson.array();
    context
        .add(As2.CONTEXT)
        .add(As2.SECURITY_CONTEXT)
        .add(As2.DID_CONTEXT)
        .add(As2.MULTIKEY_CONTEXT);
    ObjectNode terms = context.addObject();
    terms.put("toot", "http://joinmastodon.org/ns#");
    terms.put("schema", "http://schema.org#");
    terms.put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers");
    terms.put("discoverable", "toot:discoverable");
    terms.put("indexable", "toot:indexable");
    terms.putObject("featured").put("@id", "toot:featured").put("@type", "@id");
    terms.putObject("alsoKnownAs").put("@id", "as:alsoKnownAs").put("@type", "@id");
    terms.put("PropertyValue", "schema:PropertyValue");
    terms.put("value", "schema:value");
    terms.put("webfinger", "https://purl.archive.org/socialweb/webfinger#webfinger");
    return context;
  }
}
