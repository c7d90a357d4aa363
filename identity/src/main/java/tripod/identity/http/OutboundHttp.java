package tripod.identity.http;

/** Asks other servers, guarded. Safe between threads; blocks the caller. */
@FunctionalInterface
public interface OutboundHttp {
  /**
   * Sends a request and returns the answer, whatever its status.
   *
   * @throws OutboundFailure if it may not be sent, or no whole answer came within the limits
   */
  OutboundResponse send(OutboundRequest request);
}
