package tripod.atproto.appview;

import java.net.URI;
import java.util.Optional;
import tripod.syntax.Did;

/**
 * Makes addresses of pictures.
 *
 * @param pattern with {@code %s} for size, DID and CID in this order; empty for this host's own
 * @param origin this host's origin
 */
public record Pictures(Optional<String> pattern, URI origin) {
  private static final String PLACE = "%s";

  /** Sizes an AppView knows. */
  enum Size {
    AVATAR("avatar"),
    BANNER("banner"),
    THUMBNAIL("feed_thumbnail"),
    FULL("feed_fullsize");

    private final String word;

    Size(String word) {
      this.word = word;
    }
  }

  String address(Size size, Did did, String cid) {
    if (pattern.isEmpty()) {
      return origin + "/xrpc/com.atproto.sync.getBlob?did=" + did + "&cid=" + cid;
    }
    String text = pattern.get();
    for (String part : new String[] {size.word, did.value(), cid}) {
      int at = text.indexOf(PLACE);
      text = text.substring(0, at) + part + text.substring(at + PLACE.length());
    }
    return text;
  }
}
