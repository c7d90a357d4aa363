package tripod.atproto.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Journal;

/**
 * One entry of the stream with the other forms it is sent in, each made once, when first asked for,
 * and shared by all who listen.
 */
final class Frame {
  private static final int MILLI_INDEX_MAX = 999;

  private final long number;
  private final long atMs;
  private final int index;
  private final byte[] stored;
  private final List<Form.Message> storedMessage;
  private volatile @Nullable FrameBody body;
  private volatile byte @Nullable [] json;
  private volatile byte @Nullable [] cbor;
  private volatile @Nullable List<JsonEvent> events;

  /**
   * Wraps an entry.
   *
   * @param index how many entries of the same millisecond came before it
   */
  Frame(Journal.Emission emission, int index) {
    this.number = emission.number();
    this.atMs = emission.at().toEpochMilli();
    this.index = index;
    this.stored = emission.payload();
    this.storedMessage = List.of(Form.Message.binary(stored));
  }

  /** Wraps the entry behind another. */
  static Frame behind(@Nullable Frame previous, Journal.Emission emission) {
    boolean same = previous != null && previous.atMs == emission.at().toEpochMilli();
    return new Frame(emission, same && previous != null ? previous.index + 1 : 0);
  }

  long number() {
    return number;
  }

  /** Returns a time in microseconds that never goes back along the stream. */
  long timeUs() {
    return atMs * 1000 + Math.min(MILLI_INDEX_MAX, index);
  }

  long atMs() {
    return atMs;
  }

  /** Returns the frame as it was stored: the form {@code xrpc.v0.cbor}. */
  byte[] stored() {
    return stored;
  }

  /** Returns the frame as it was stored, as the one message it is. */
  List<Form.Message> storedMessage() {
    return storedMessage;
  }

  FrameBody body() {
    FrameBody known = body;
    if (known == null) {
      known = FrameBody.read(stored);
      body = known; // a race makes the same twice
    }
    return known;
  }

  /** Returns the form {@code xrpc.v1.json}. */
  byte[] json() {
    byte[] known = json;
    if (known == null) {
      known = MessageForms.json(body());
      json = known;
    }
    return known;
  }

  /** Returns the form {@code xrpc.v1.cbor}. */
  byte[] cbor() {
    byte[] known = cbor;
    if (known == null) {
      known = MessageForms.cbor(body());
      cbor = known;
    }
    return known;
  }

  /** Returns what the JSON stream tells of it, an event a record. */
  List<JsonEvent> events() {
    List<JsonEvent> known = events;
    if (known == null) {
      known = JsonEvent.of(body(), timeUs());
      events = known;
    }
    return known;
  }
}
