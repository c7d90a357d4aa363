package tripod.activitypub.signature;

import java.util.List;
import java.util.Optional;

/**
 * One signature taken apart and checked for form, date, digest and cover; only the key is missing.
 *
 * @param keyId the key's IRI
 * @param algorithm what the sender named, lower case
 * @param base the bytes that were signed; more than one reading for a GET with a query
 * @param signature the signature's bytes
 */
record SignatureParts(
    String keyId, Optional<String> algorithm, List<byte[]> base, byte[] signature) {}
