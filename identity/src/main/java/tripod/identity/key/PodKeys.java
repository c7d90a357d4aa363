package tripod.identity.key;

import tripod.syntax.PodId;

/**
 * What the keys of pods sign, and what others check it with. Safe between threads; opened keys are
 * cached.
 */
public interface PodKeys {
  /** Signs with the repository key: 64 bytes r and s, low-S, over the SHA-256 of a message. */
  byte[] signRepo(PodId pod, byte[] message);

  /** Returns the {@code did:key} of the repository key. */
  String didKey(PodId pod);

  /** Signs with SHA256withRSA (PKCS #1 1.5). */
  byte[] signRsa(PodId pod, byte[] data);

  /** Returns the RSA public key as PEM, {@code BEGIN PUBLIC KEY}. */
  String rsaPem(PodId pod);

  /** Signs with Ed25519: 64 bytes. */
  byte[] signEd25519(PodId pod, byte[] data);

  /** Returns the Ed25519 public key as a Multikey, {@code z6Mk…}. */
  String ed25519Multibase(PodId pod);
}
