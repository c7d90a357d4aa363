package tripod.activitypub.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.syntax.PodNames;
import tripod.syntax.Tid;

/** Makes the activities that tell of objects. Pure. */
public final class Activities {
  private Activities() {}

  /** Returns the context that all our activities have. */
  public static ArrayNode context() {
    ArrayNode context = ActivityJson.array();
    context.add(As2.CONTEXT).add(As2.SECURITY_CONTEXT).add(As2.PROOF_CONTEXT);
    ObjectNode terms = context.addObject();
    terms.put("toot", "http://joinmastodon.org/ns#");
    terms.put("misskey", "https://misskey-hub.net/ns#");
    terms.put("gts", "https://gotosocial.org/ns#");
    terms.put("fep", "https://w3id.org/fep/044f#");
    terms.put("sensitive", "as:sensitive");
    terms.put("Hashtag", "as:Hashtag");
    terms.put("Emoji", "toot:Emoji");
    terms.put("votersCount", "toot:votersCount");
    terms.put("blurhash", "toot:blurhash");
    terms.put("quoteUrl", "as:quoteUrl");
    terms.put("_misskey_quote", "misskey:_misskey_quote");
    ObjectNode quote = terms.putObject("quote");
    quote.put("@id", "fep:quote").put("@type", "@id");
    ObjectNode policy = terms.putObject("interactionPolicy");
    policy.put("@id", "gts:interactionPolicy").put("@type", "@id");
    for (String name : new String[] {"canQuote", "canReply", "canLike", "canAnnounce"}) {
      terms.putObject(name).put("@id", "gts:" + name).put("@type", "@id");
    }
    for (String name : new String[] {"automaticApproval", "manualApproval"}) {
      terms.putObject(name).put("@id", "gts:" + name).put("@type", "@id");
    }
    return context;
  }

  /** Returns a document with a context in front. */
  public static ObjectNode withContext(ObjectNode document) {
    ObjectNode whole = ActivityJson.object();
    whole.set("@context", context());
    document.properties().stream()
        .filter(member -> !member.getKey().equals("@context"))
        .forEach(member -> whole.set(member.getKey(), member.getValue()));
    return whole;
  }

  /** Tells of a new object. */
  public static ObjectNode create(ObjectNode object, PodNames names) {
    ObjectNode activity = start(object, "Create", "#create", names);
    JsonNode published = object.get("published");
    if (published != null) {
      activity.set("published", published);
    }
    activity.set("object", object);
    return activity;
  }

  /** Tells of a changed object. */
  public static ObjectNode update(ObjectNode object, Tid rev, Instant at, PodNames names) {
    ObjectNode copy = object.deepCopy();
    if (!copy.has("updated")) {
      copy.put("updated", time(at));
    }
    ObjectNode activity = start(copy, "Update", "#update-" + rev, names);
    activity.set("object", copy);
    return activity;
  }

  /** Tells of a removed object, of which nothing but its name is said. */
  public static ObjectNode delete(String objectId, Tid rev, PodNames names) {
    ObjectNode activity = ActivityJson.object();
    activity.put("id", objectId + "#delete-" + rev);
    activity.put("type", "Delete");
    activity.put("actor", names.actor().value());
    activity.putArray("to").add(As2.PUBLIC);
    activity.putObject("object").put("id", objectId).put("type", "Tombstone");
    return activity;
  }

  /** Takes back an act that was its own activity: a like, a boost, a follow. */
  public static ObjectNode undo(ObjectNode act, Tid rev, PodNames names) {
    String id = Terms.id(act).orElseThrow();
    ObjectNode activity = ActivityJson.object();
    activity.put("id", id + "#undo-" + rev);
    activity.put("type", "Undo");
    activity.put("actor", names.actor().value());
    copyAddress(act, activity);
    ObjectNode inner = act.deepCopy();
    inner.remove("@context");
    activity.set("object", inner);
    return activity;
  }

  /** Answers a Follow, or anything else that asks. */
  public static ObjectNode answer(
      String type, ObjectNode asked, String asker, Tid rev, PodNames names) {
    ObjectNode activity = ActivityJson.object();
    activity.put("id", names.actor() + "#" + type.toLowerCase(java.util.Locale.ROOT) + "-" + rev);
    activity.put("type", type);
    activity.put("actor", names.actor().value());
    activity.putArray("to").add(asker);
    ObjectNode inner = asked.deepCopy();
    inner.remove("@context");
    inner.remove("proof");
    inner.remove("signature");
    activity.set("object", inner);
    return activity;
  }

  /** Tells of a changed profile. */
  public static ObjectNode profile(ObjectNode actor, Tid rev, Instant at, PodNames names) {
    ObjectNode activity = ActivityJson.object();
    activity.put("id", names.actor() + "#update-" + rev);
    activity.put("type", "Update");
    activity.put("actor", names.actor().value());
    activity.putArray("to").add(As2.PUBLIC);
    activity.putArray("cc").add(names.actor() + "/followers");
    ObjectNode inner = actor.deepCopy();
    inner.put("updated", time(at));
    activity.set("object", inner);
    return activity;
  }

  private static ObjectNode start(ObjectNode object, String type, String fragment, PodNames names) {
    ObjectNode activity = ActivityJson.object();
    activity.put("id", Terms.id(object).orElseThrow() + fragment);
    activity.put("type", type);
    activity.put("actor", names.actor().value());
    copyAddress(object, activity);
    return activity;
  }

  private static void copyAddress(ObjectNode from, ObjectNode to) {
    for (String name : new String[] {"to", "cc", "audience"}) {
      if (from.has(name)) {
        to.set(name, from.get(name));
      }
    }
  }

  /** Writes a time as peers expect it. */
  public static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
