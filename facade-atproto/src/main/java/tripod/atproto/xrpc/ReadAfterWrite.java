package tripod.atproto.xrpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.InputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.atproto.appview.Splice;
import tripod.identity.http.OutboundResponse;
import tripod.syntax.Nsid;

/**
 * A method of an AppView whose answer shows the caller's own records: what it has not seen yet is
 * put in (atproto.md 1.3). Where that fails, its answer is handed on as it came.
 */
final class ReadAfterWrite implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(ReadAfterWrite.class);
  private static final String LAG = "Atproto-Upstream-Lag";

  private final Nsid method;
  private final Forwarding forwarding;
  private final OwnWrites own;
  private final Splice splice;

  ReadAfterWrite(String method, Forwarding forwarding, OwnWrites own, Splice splice) {
    this.method = new Nsid(method);
    this.forwarding = forwarding;
    this.own = own;
    this.splice = splice;
  }

  @Override
  public void handle(Context context) {
    Forwarding.Admitted admitted = forwarding.admit(context, method);
    forwarding.send(
        context,
        admitted,
        admitted.signer(),
        (head, body) -> answer(context, admitted, head, body));
  }

  RelayedAnswer.Done answer(
      Context context, Forwarding.Admitted admitted, OutboundResponse head, InputStream body) {
    if (!isJson(context, head)) {
      return RelayedAnswer.pass(context, head, body);
    }
    Optional<OwnWrites.Unseen> unseen = own.unseen(admitted, head);
    if (unseen.isEmpty()) {
      return RelayedAnswer.pass(context, head, body);
    }
    byte[] original = RelayedAnswer.read(head, body);
    Optional<byte[]> spliced = spliced(original, unseen.get());
    spliced.ifPresent(answer -> told(context, unseen.get()));
    return RelayedAnswer.whole(context, head, spliced.orElse(original));
  }

  private Optional<byte[]> spliced(byte[] original, OwnWrites.Unseen unseen) {
    try {
      if (OwnWrites.tree(original) instanceof ObjectNode answer) {
        splice.into(answer, unseen.records(), unseen.views());
        return Optional.of(OwnWrites.bytes(answer));
      }
    } catch (RuntimeException e) {
      // What the service said is right, if late: nothing that fails here may cost it.
      LOG.info("an answer of {} is handed on as it came", method, e);
    }
    return Optional.empty();
  }

  static boolean isJson(Context context, OutboundResponse head) {
    return head.status() == 200
        && !context.req().getMethod().equals("HEAD")
        && head.header("content-type")
            .filter(type -> type.startsWith("application/json"))
            .isPresent();
  }

  /** Tells how long the service has not seen what is put in, in milliseconds. */
  static void told(Context context, OwnWrites.Unseen unseen) {
    context.header(LAG, Long.toString(Math.max(0, unseen.lag().toMillis())));
  }
}
