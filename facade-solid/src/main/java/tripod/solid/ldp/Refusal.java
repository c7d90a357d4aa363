package tripod.solid.ldp;

import java.util.Map;

/** A request that ends with a status of its own; the message may be shown to the client. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  /** Ends the request. */
  public Refusal(int status, String message) {
    this(status, message, Map.of());
  }

  /** Ends the request with headers that belong to the status. */
  public Refusal(int status, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the headers that belong to the status. */
  public Map<String, String> headers() {
    return headers;
  }
}
