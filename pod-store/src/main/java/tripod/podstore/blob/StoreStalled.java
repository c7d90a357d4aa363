package tripod.podstore.blob;

import java.io.IOException;

/** What keeps the bytes did not answer in the time it was given; it may have carried out all. */
public final class StoreStalled extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what was not done in time. */
  public StoreStalled(String message, Throwable cause) {
    super(message, cause);
  }
}
