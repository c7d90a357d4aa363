package tripod.atproto.xrpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.InputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.atproto.appview.Splice;
import tripod.identity.Account;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundResponse;
import tripod.syntax.AtUri;
import tripod.syntax.Nsid;

/**
 * {@code app.bsky.feed.getPostThread}: own new answers are put in, and a post that the AppView does
 * not know yet is shown from here (atproto.md 1.3).
 */
final class GetPostThread implements Handler {
  static final String METHOD = "app.bsky.feed.getPostThread";

  private static final Logger LOG = LoggerFactory.getLogger(GetPostThread.class);
  private static final String NOT_FOUND = "NotFound";

  private final Forwarding forwarding;
  private final OwnWrites own;
  private final ReadAfterWrite found;

  GetPostThread(Forwarding forwarding, OwnWrites own) {
    this.forwarding = forwarding;
    this.own = own;
    this.found = new ReadAfterWrite(METHOD, forwarding, own, Splice::thread);
  }

  @Override
  public void handle(Context context) {
    Forwarding.Admitted admitted = forwarding.admit(context, new Nsid(METHOD));
    forwarding.send(
        context,
        admitted,
        admitted.signer(),
        (head, body) ->
            head.status() == 400
                ? unknown(context, admitted, head, body)
                : found.answer(context, admitted, head, body));
  }

  private RelayedAnswer.Done unknown(
      Context context, Forwarding.Admitted admitted, OutboundResponse head, InputStream body) {
    XrpcFailure fault = RelayedAnswer.fault(head, RelayedAnswer.read(head, body));
    Optional<String> uri = ownPost(context, admitted.caller().account());
    if (!fault.error().equals(NOT_FOUND) || uri.isEmpty()) {
      throw fault;
    }
    Optional<OwnWrites.Unseen> unseen = own.unseen(admitted, head);
    ObjectNode thread =
        unseen.flatMap(fresh -> rebuilt(admitted, uri.get(), fresh)).orElseThrow(() -> fault);
    ReadAfterWrite.told(context, unseen.get());
    context.contentType("application/json; charset=utf-8");
    context.result(OwnWrites.bytes(thread));
    return RelayedAnswer.Done.DONE;
  }

  private Optional<ObjectNode> rebuilt(
      Forwarding.Admitted admitted, String uri, OwnWrites.Unseen unseen) {
    try {
      return Splice.newThread(
          uri, unseen.records(), unseen.views(), parent -> above(admitted, parent));
    } catch (RuntimeException e) {
      // The service's own answer stands.
      LOG.info("a new thread is not shown", e);
      return Optional.empty();
    }
  }

  private Optional<ObjectNode> above(Forwarding.Admitted admitted, String parent) {
    try {
      return own.thread(admitted, parent);
    } catch (OutboundFailure | IllegalArgumentException e) {
      return Optional.empty(); // the post is shown without what it answers
    }
  }

  /** Returns the address asked for with the caller's DID; empty when it is somebody else's. */
  private static Optional<String> ownPost(Context context, Account account) {
    return Request.optional(context, "uri")
        .filter(AtUri::isValid)
        .map(AtUri::parse)
        .filter(
            uri ->
                uri.authority().equals(account.did().value())
                    || uri.authority().equals(account.handle().value()))
        .map(uri -> new AtUri(account.did().value(), uri.collection(), uri.rkey()).toString());
  }
}
