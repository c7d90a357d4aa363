package tripod.identity.oauth;

/**
 * A refusal in the words of RFC 6749 section 5.2 and its relatives. The message may be shown to the
 * client.
 */
final class OAuthFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String error;

  OAuthFailure(String error, String description) {
    super(description);
    this.error = error;
  }

  OAuthFailure(String error, String description, Throwable cause) {
    super(description, cause);
    this.error = error;
  }

  String error() {
    return error;
  }

  /** Returns what is wrong, in words. */
  String description() {
    return String.valueOf(getMessage());
  }

  static OAuthFailure request(String description) {
    return new OAuthFailure("invalid_request", description);
  }

  static OAuthFailure grant(String description) {
    return new OAuthFailure("invalid_grant", description);
  }

  static OAuthFailure client(String description) {
    return new OAuthFailure("invalid_client", description);
  }

  static OAuthFailure metadata(String description) {
    return new OAuthFailure("invalid_client_metadata", description);
  }
}
