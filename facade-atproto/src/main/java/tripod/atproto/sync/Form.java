package tripod.atproto.sync;

import java.util.List;

/** What a listener gets of a frame, and how it is told that something is amiss. */
interface Form {
  /**
   * One websocket message.
   *
   * @param bytes shared by all who get it, never changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Message(boolean isText, byte[] bytes) {
    static Message text(byte[] bytes) {
      return new Message(true, bytes);
    }

    static Message binary(byte[] bytes) {
      return new Message(false, bytes);
    }
  }

  /** Returns the messages of a frame, in order; none when it is nothing to this listener. */
  List<Message> of(Frame frame);

  /** Says why the stream ends; none when this form has no word for it. */
  List<Message> error(String error, String message);

  /** Says that the stream begins later than was asked for; none when this form has no word. */
  List<Message> outdated();
}
