package tripod.activitypub.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.signature.IntegrityProof;
import tripod.activitypub.signature.SignatureVerifier;
import tripod.activitypub.signature.VerifyingKey;
import tripod.activitypub.visitor.ActiveAccount;
import tripod.activitypub.visitor.Visitors;
import tripod.identity.Account;
import tripod.identity.Accounts;

/**
 * {@code POST /actor/inbox} and the shared {@code POST /inbox}.
 *
 * <p>In this order (activitypub note 1.4): size, media type, form, signature, actor is signer, id
 * is at the actor's origin; then the pods it concerns, and in each: blocked, seen before, effect.
 */
public final class PostInbox {
  /** Largest body in bytes (SEC-11). */
  public static final int BYTES_MAX = 256 * 1024;

  private final Accounts accounts;
  private final SignatureVerifier verifier;
  private final IntegrityProof proofs;
  private final Acquaintance acquaintance;
  private final Audience audience;
  private final Intake intake;
  private final URI serviceOrigin;

  PostInbox(
      Accounts accounts,
      SignatureVerifier verifier,
      IntegrityProof proofs,
      Acquaintance acquaintance,
      Audience audience,
      Intake intake,
      URI serviceOrigin) {
    this.accounts = accounts;
    this.verifier = verifier;
    this.proofs = proofs;
    this.acquaintance = acquaintance;
    this.audience = audience;
    this.intake = intake;
    this.serviceOrigin = serviceOrigin;
  }

  /** Takes a delivery to one member. */
  public void personal(Context request) {
    Account account = ActiveAccount.of(request);
    take(request, accounts.names(account).origin(), Optional.of(account));
  }

  /** Takes a delivery to all whom it concerns. */
  public void shared(Context request) {
    take(request, serviceOrigin, Optional.empty());
  }

  private void take(Context request, URI origin, Optional<Account> member) {
    byte[] body = body(request);
    ActivityJson.requireType(request.header("Content-Type"), "an inbox");
    Activity activity = Activity.read(ActivityJson.read(body));
    if (isDeleteOfStranger(activity)) {
      request.status(202); // SEC-81: nothing of theirs is here, so there is nobody to ask about
      return;
    }
    VerifyingKey signer = verifier.verify(Visitors.signed(request, origin, body));
    requireActor(activity, signer);
    requireId(activity);
    List<Account> members = member.map(List::of).orElseGet(() -> audience.of(activity));
    intake.take(activity, body, members, member.isPresent());
    request.status(202);
  }

  private static byte[] body(Context request) {
    if (request.contentLength() > BYTES_MAX) {
      throw new ActivityFailure.TooLarge("a body has at most " + BYTES_MAX + " bytes");
    }
    byte[] body = request.bodyAsBytes();
    if (body.length > BYTES_MAX) {
      throw new ActivityFailure.TooLarge("a body has at most " + BYTES_MAX + " bytes");
    }
    return body;
  }

  private boolean isDeleteOfStranger(Activity activity) {
    return activity instanceof Activity.Delete delete
        && delete.object().id().map(delete.actor().value()::equals).orElse(false)
        && !acquaintance.isKnown(delete.actor());
  }

  /** The signer is the actor, or carries what the actor has proved by a proof of their own. */
  private void requireActor(Activity activity, VerifyingKey signer) {
    if (signer.owner().equals(activity.actor())) {
      return;
    }
    ObjectNode raw = activity.head().raw();
    Optional<VerifyingKey> author = proofs.verify(raw);
    if (author.isEmpty() || !author.get().owner().equals(activity.actor())) {
      throw new ActivityFailure.Unproven("the signature is not the actor's");
    }
  }

  private static void requireId(Activity activity) {
    String id =
        activity
            .head()
            .id()
            .orElseThrow(() -> new ActivityFailure.Malformed("an activity needs an id"));
    if (!Authentic.isAtOrigin(id, activity.actor())) {
      throw new ActivityFailure.Forbidden("the activity's id is not at its actor's origin");
    }
  }
}
