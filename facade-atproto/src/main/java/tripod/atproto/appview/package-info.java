/**
 * What a member wrote a moment ago, put into answers of an AppView that has not seen it yet.
 *
 * <p>Main type: {@link tripod.atproto.appview.Splice}. Its rule: it works on answers as they came
 * and on records as they are kept, and knows neither requests nor tokens; what it cannot read it
 * leaves as it is.
 */
@NullMarked
package tripod.atproto.appview;

import org.jspecify.annotations.NullMarked;
