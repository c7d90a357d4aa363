/**
 * Translation of one record, object or document into the forms of all doors, without a store: what
 * {@code ./tripod translate} does.
 *
 * <p>Main type: {@link tripod.server.translate.TranslateRun}. Its rule: it runs the codecs that the
 * doors run, and maps nothing itself.
 */
@NullMarked
package tripod.server.translate;

import org.jspecify.annotations.NullMarked;
