package tripod.atproto.sync;

import java.util.List;
import java.util.Optional;
import tripod.podstore.cbor.DagCborWriter;

/**
 * The forms of {@code com.atproto.sync.subscribeRepos}: two objects a frame, which is what those
 * get who ask for nothing, and the two newer ones by websocket subprotocol.
 *
 * @see <a href="https://atproto.com/specs/event-stream">AT Protocol: event stream</a>
 */
enum XrpcForm implements Form {
  /** A header and a message in DAG-CBOR. */
  CBOR_V0("xrpc.v0.cbor"),
  /** One object in DAG-CBOR. */
  CBOR_V1("xrpc.v1.cbor"),
  /** One object in JSON. */
  JSON_V1("xrpc.v1.json");

  private static final String OUTDATED = "OutdatedCursor";
  private static final String OUTDATED_TEXT =
      "Requested cursor exceeded limit. Possibly missing events";

  private final String protocol;

  XrpcForm(String protocol) {
    this.protocol = protocol;
  }

  /** Returns the websocket subprotocol. */
  String protocol() {
    return protocol;
  }

  /** Returns the first of the offered subprotocols that is spoken here. */
  static Optional<XrpcForm> offered(List<String> protocols) {
    for (String offer : protocols) {
      for (XrpcForm form : values()) {
        if (form.protocol.equals(offer)) {
          return Optional.of(form);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Message> of(Frame frame) {
    return switch (this) {
      case CBOR_V0 -> frame.storedMessage();
      case CBOR_V1 -> List.of(Message.binary(frame.cbor()));
      case JSON_V1 -> List.of(Message.text(frame.json()));
    };
  }

  @Override
  public List<Message> error(String error, String message) {
    return List.of(
        switch (this) {
          case CBOR_V0 -> Message.binary(errorV0(error, message));
          case CBOR_V1 -> Message.binary(MessageForms.cborError(error, message));
          case JSON_V1 -> Message.text(MessageForms.jsonError(error, message));
        });
  }

  @Override
  public List<Message> outdated() {
    byte[] message = infoMessage();
    return List.of(
        switch (this) {
          case CBOR_V0 -> Message.binary(infoV0(message));
          case CBOR_V1 -> Message.binary(MessageForms.cbor(new FrameBody("#info", message)));
          case JSON_V1 -> Message.text(MessageForms.json(new FrameBody("#info", message)));
        });
  }

  static byte[] errorV0(String error, String message) {
    return new DagCborWriter(128)
        .map(1)
        .text("op")
        .integer(-1)
        .map(2)
        .text("error")
        .text(error)
        .text("message")
        .text(message)
        .toByteArray();
  }

  private static byte[] infoMessage() {
    return new DagCborWriter(128)
        .map(2)
        .text("name")
        .text(OUTDATED)
        .text("message")
        .text(OUTDATED_TEXT)
        .toByteArray();
  }

  private static byte[] infoV0(byte[] message) {
    byte[] header =
        new DagCborWriter(32).map(2).text("t").text("#info").text("op").integer(1).toByteArray();
    byte[] frame = java.util.Arrays.copyOf(header, header.length + message.length);
    System.arraycopy(message, 0, frame, header.length, message.length);
    return frame;
  }
}
