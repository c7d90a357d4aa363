package tripod.activitypub.signature;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;

/**
 * Signed requests to other servers: the signature that the host read last, and the other one once
 * when it is refused (double knock).
 *
 * <p>Safe between threads; blocks the caller; follows no redirect.
 */
public final class SignedHttp {
  private final OutboundHttp outbound;
  private final RequestSigner signer;
  private final KnockMemory knocks;

  /** Sends through the house's one outgoing client. */
  public SignedHttp(OutboundHttp outbound, RequestSigner signer, KnockMemory knocks) {
    this.outbound = outbound;
    this.signer = signer;
    this.knocks = knocks;
  }

  /**
   * Fetches with a signature of {@code key}.
   *
   * @throws ActivityFailure.Unreachable when there is no answer
   */
  public OutboundResponse get(URI target, SigningKey key) {
    return knock(target, scheme -> send("GET", target, signer.get(scheme, target, key), null));
  }

  /**
   * Posts an activity with a signature of {@code key}.
   *
   * @throws ActivityFailure.Unreachable when there is no answer
   */
  public OutboundResponse post(URI target, byte[] body, SigningKey key) {
    return knock(
        target, scheme -> send("POST", target, signer.post(scheme, target, body, key), body));
  }

  private OutboundResponse knock(URI target, Knock request) {
    SignatureScheme first = knocks.scheme(target);
    OutboundResponse answer = request.with(first);
    if (answer.status() != 400 && answer.status() != 401 && answer.status() != 403) {
      return answer;
    }
    OutboundResponse second = request.with(first.other());
    if (!second.isSuccess()) {
      return answer;
    }
    knocks.remember(target, first.other());
    return second;
  }

  private OutboundResponse send(
      String method,
      URI target,
      Map<String, String> headers,
      byte @org.jspecify.annotations.Nullable [] body) {
    List<OutboundRequest.Header> fields = new ArrayList<>();
    headers.forEach((name, value) -> fields.add(new OutboundRequest.Header(name, value)));
    try {
      return outbound.send(
          new OutboundRequest(
              method, target, fields, Optional.ofNullable(body), OutboundRequest.Limit.OBJECT, 0));
    } catch (OutboundFailure e) {
      throw new ActivityFailure.Unreachable(String.valueOf(e.getMessage()), e);
    }
  }

  private interface Knock {
    OutboundResponse with(SignatureScheme scheme);
  }
}
