package tripod.atproto.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * What a listener of the JSON stream gets: events of the collections and identities they asked for.
 *
 * @param wanted what was asked for
 * @param isCompressed whether events are sent as zstd frames
 */
record JsonForm(JsonWishes wanted, boolean isCompressed) implements Form {
  @Override
  public List<Message> of(Frame frame) {
    List<Message> messages = new ArrayList<>();
    for (JsonEvent event : frame.events()) {
      if (wanted.takes(event)) {
        messages.add(
            isCompressed ? Message.binary(event.compressed()) : Message.text(event.text()));
      }
    }
    return messages;
  }

  @Override
  public List<Message> error(String error, String message) {
    return List.of(); // the reason of the close says it
  }

  @Override
  public List<Message> outdated() {
    return List.of();
  }
}
