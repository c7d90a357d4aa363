package tripod.podstore.social;

import tripod.syntax.MediaType;

/**
 * What is known of a file of the pod.
 *
 * @param mediaType what it is
 * @param size in bytes
 */
public record KnownBlob(MediaType mediaType, long size) {}
