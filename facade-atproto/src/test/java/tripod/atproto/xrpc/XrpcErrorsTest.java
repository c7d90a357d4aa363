package tripod.atproto.xrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tripod.podstore.PodFailure;

/** What a store that does not answer looks like to a client of ATProto. */
class XrpcErrorsTest {
  @Test
  void storeStalled_is504_andStoreAway503() {
    IOException cause = new IOException("silence");
    assertEquals(
        new XrpcErrors.Reply(504, "UpstreamTimeout", "a file was not stored in time"),
        XrpcErrors.of(new PodFailure.Stalled("a file was not stored in time", cause)));
    assertEquals(503, XrpcErrors.of(new PodFailure.Unavailable("no disk", cause)).status());
  }
}
