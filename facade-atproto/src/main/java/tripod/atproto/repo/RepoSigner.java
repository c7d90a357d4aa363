package tripod.atproto.repo;

import tripod.syntax.PodId;

/** Signs commits with the key that the pod's identity names. Safe between threads. */
@FunctionalInterface
public interface RepoSigner {
  /** Returns the signature of a message: 64 bytes, low-S, over its SHA-256. */
  byte[] sign(PodId pod, byte[] message);
}
