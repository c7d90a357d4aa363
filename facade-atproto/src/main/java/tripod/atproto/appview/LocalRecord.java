package tripod.atproto.appview;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import tripod.syntax.Cid;

/**
 * A record of the member who asks.
 *
 * @param uri its address
 * @param cid its CID
 * @param indexedAt when it was committed here
 * @param value the record
 */
public record LocalRecord(String uri, Cid cid, Instant indexedAt, ObjectNode value) {}
