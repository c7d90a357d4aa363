package tripod.podstore;

import java.time.Instant;
import java.util.Optional;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/**
 * One stored graph or file with its metadata.
 *
 * @param path where it is
 * @param aspect which graph of the resource
 * @param content the exact stored form
 * @param rev the commit that last changed it; a strong validator, unique in the pod
 * @param created when it first came to be
 * @param modified when it was last changed
 * @param cid the content's CID where it is a DAG-CBOR block or a file
 */
public record Resource(
    PodPath path,
    Aspect aspect,
    Content content,
    Tid rev,
    Instant created,
    Instant modified,
    Optional<Cid> cid) {}
