package tripod.atproto.xrpc;

/** Why a method would not do what it was asked, in the protocol's own words. */
final class XrpcFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;

  XrpcFailure(int status, String error, String message) {
    super(message, null, false, false);
    this.status = status;
    this.error = error;
  }

  static XrpcFailure invalid(String message) {
    return new XrpcFailure(400, "InvalidRequest", message);
  }

  static XrpcFailure of(String error, String message) {
    return new XrpcFailure(400, error, message);
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }
}
