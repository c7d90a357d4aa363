package tripod.activitypub.signature;

import java.time.InstantSource;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;

/** Finds out who signed a request (SEC-80). Safe between threads. */
public final class SignatureVerifier {
  private final RemoteKeys keys;
  private final CavageSignature cavage;
  private final MessageSignature message;

  /** Verifies with keys of {@code keys}, at the times of {@code clock}. */
  public SignatureVerifier(RemoteKeys keys, InstantSource clock) {
    this.keys = keys;
    SignatureWindow window = new SignatureWindow(clock);
    this.cavage = new CavageSignature(window);
    this.message = new MessageSignature(window);
  }

  /**
   * Returns the key that signed a request; its owner is who sent it.
   *
   * <p>Form, dates, cover and digest are looked at before any key is fetched.
   *
   * @throws ActivityFailure.Unproven when nothing or nobody proves it
   */
  public VerifyingKey verify(SignedRequest request) {
    SignatureParts parts = parts(request);
    VerifyingKey key;
    try {
      key = keys.key(parts.keyId());
    } catch (ActivityFailure.Unreachable e) {
      throw new ActivityFailure.Unproven("the key " + parts.keyId() + " cannot be had", e);
    }
    if (holds(parts, key)) {
      return key;
    }
    Optional<VerifyingKey> fresh;
    try {
      fresh = keys.refresh(parts.keyId());
    } catch (ActivityFailure.Unreachable e) {
      throw new ActivityFailure.Unproven("the key " + parts.keyId() + " cannot be had", e);
    }
    return fresh
        .filter(again -> holds(parts, again))
        .orElseThrow(() -> new ActivityFailure.Unproven("the signature does not hold"));
  }

  private SignatureParts parts(SignedRequest request) {
    Optional<String> input = request.header("signature-input");
    String signature =
        request
            .header("signature")
            .orElseThrow(() -> new ActivityFailure.Unproven("the request is not signed"));
    return input.isPresent()
        ? message.read(request, input.get(), signature)
        : cavage.read(request, signature);
  }

  private static boolean holds(SignatureParts parts, VerifyingKey key) {
    for (byte[] base : parts.base()) {
      if (key.verifies(base, parts.signature(), parts.algorithm())) {
        return true;
      }
    }
    return false;
  }
}
