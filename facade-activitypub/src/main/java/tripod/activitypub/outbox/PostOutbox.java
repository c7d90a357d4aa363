package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import java.util.Set;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.reply.Reply;
import tripod.activitypub.signature.RemoteDocuments;
import tripod.activitypub.visitor.ActiveAccount;
import tripod.activitypub.visitor.Visitors;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.PodStore;
import tripod.podstore.social.Lens;
import tripod.syntax.PodNames;

/**
 * {@code POST /actor/outbox}: a member's own program acts.
 *
 * @see <a href="https://www.w3.org/TR/activitypub/#client-to-server-interactions">ActivityPub,
 *     section 6</a>
 */
public final class PostOutbox implements Handler {
  /** Largest body in bytes. */
  public static final int BYTES_MAX = 256 * 1024;

  private static final Set<String> TOLD_TO_AUTHORS =
      Set.of("Like", "Announce", "EmojiReact", "Join", "TentativeAccept", "Leave");

  private final PodStore store;
  private final Accounts accounts;
  private final Visitors visitors;
  private final RemoteDocuments documents;
  private final ObjectView objects;
  private final ClientActivities activities;

  /** Makes the handler. */
  public PostOutbox(
      PodStore store,
      Accounts accounts,
      Visitors visitors,
      RemoteDocuments documents,
      ObjectView objects,
      Lens lens) {
    this.store = store;
    this.accounts = accounts;
    this.visitors = visitors;
    this.documents = documents;
    this.objects = objects;
    this.activities = new ClientActivities(new ClientObjects(objects, lens));
  }

  @Override
  public void handle(Context request) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    visitors.requireOwner(request, names);
    ActivityJson.requireType(request.header("Content-Type"), "an outbox");
    byte[] body = request.bodyAsBytes();
    if (body.length > BYTES_MAX) {
      throw new ActivityFailure.TooLarge("a body has at most " + BYTES_MAX + " bytes");
    }
    ObjectNode activity = wrapped(ActivityJson.read(body));
    Subject subject = subject(account, names, activity);
    String id =
        store.write(account.pod(), pod -> activities.perform(pod, names, activity, subject));
    Reply.vary(request);
    request.status(201);
    request.header("Location", id);
  }

  /** Section 6.2.1: an object that is no activity is wrapped in a Create. */
  private static ObjectNode wrapped(ObjectNode given) {
    String type = Terms.type(given);
    if (type.isEmpty()) {
      throw new ActivityFailure.Malformed("the document has no type");
    }
    if (ClientActivities.isActivity(type)) {
      return given;
    }
    ObjectNode create = ActivityJson.object();
    create.put("type", "Create");
    create.set("object", given);
    return create;
  }

  /** Looks at what is liked, boosted or answered: its author must hear of it; before the write. */
  private Subject subject(Account account, PodNames names, ObjectNode activity) {
    String type = Terms.type(activity);
    if (!TOLD_TO_AUTHORS.contains(type)) {
      return Subject.UNKNOWN;
    }
    String object =
        Terms.single(activity, "object")
            .orElseThrow(() -> new ActivityFailure.Malformed("the activity needs one object"));
    Optional<Subject> held =
        store.read(account.pod(), view -> Subject.held(view, names, object, objects));
    if (held.isPresent()) {
      return held.get();
    }
    try {
      return Subject.of(documents.object(object));
    } catch (ActivityFailure.Unreachable e) {
      return Subject.UNKNOWN; // the act stands; whom to tell, its own addressing may say
    }
  }
}
