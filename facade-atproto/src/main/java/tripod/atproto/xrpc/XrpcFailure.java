package tripod.atproto.xrpc;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why a method would not do what it was asked, in the protocol's own words. */
final class XrpcFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final transient Map<String, String> fields = new LinkedHashMap<>();

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

  /** Returns this failure with fields that its answer has besides. */
  XrpcFailure with(Map<String, String> more) {
    fields.putAll(more);
    return this;
  }

  /** Returns fields of the answer. */
  Map<String, String> fields() {
    return fields;
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }
}
