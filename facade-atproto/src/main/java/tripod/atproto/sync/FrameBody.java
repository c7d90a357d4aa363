package tripod.atproto.sync;

import java.util.Arrays;
import tripod.podstore.cbor.DagCborReader;

/**
 * A stored frame taken apart: the header's type and the message.
 *
 * @param type as {@code #commit}
 * @param message one DAG-CBOR map
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrameBody(String type, byte[] message) {
  /** Reads a frame that this house wrote. */
  static FrameBody read(byte[] frame) {
    DagCborReader in = DagCborReader.of(frame);
    String type = "";
    int fields = in.map();
    for (int i = 0; i < fields; i++) {
      if (in.text().equals("t")) {
        type = in.text();
      } else {
        in.integer();
      }
    }
    return new FrameBody(type, Arrays.copyOfRange(frame, in.position(), frame.length));
  }
}
