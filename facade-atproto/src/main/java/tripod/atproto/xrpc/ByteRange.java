package tripod.atproto.xrpc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of bytes that is asked for.
 *
 * @param first the first byte, counted from 0
 * @param last the last one, {@link Long#MAX_VALUE} for all that follow
 */
record ByteRange(long first, long last) {
  private static final Pattern FIELD = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

  /** Reads the field {@code Range}; what we do not serve is passed over, as it may be. */
  static Optional<ByteRange> of(@Nullable String field) {
    if (field == null) {
      return Optional.empty();
    }
    Matcher range = FIELD.matcher(field);
    if (!range.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    return last < first ? Optional.empty() : Optional.of(new ByteRange(first, last));
  }
}
