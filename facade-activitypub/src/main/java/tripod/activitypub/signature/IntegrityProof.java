package tripod.activitypub.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;

/**
 * Proofs inside documents, with the suite {@code eddsa-jcs-2022}: they hold wherever the document
 * is carried.
 *
 * @see <a
 *     href="https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md">FEP-8b32</a>
 */
public final class IntegrityProof {
  private static final String SUITE = "eddsa-jcs-2022";

  private final RemoteKeys keys;

  /** Verifies with keys of {@code keys}. */
  public IntegrityProof(RemoteKeys keys) {
    this.keys = keys;
  }

  /**
   * Returns the key that made a document's proof; empty when it has none of this suite.
   *
   * @throws ActivityFailure.Unproven when the proof does not hold
   */
  public Optional<VerifyingKey> verify(ObjectNode document) {
    JsonNode member = document.get("proof");
    if (!(member instanceof ObjectNode proof)
        || !Terms.text(proof, "cryptosuite").map(SUITE::equals).orElse(false)
        || !Terms.type(proof).equals("DataIntegrityProof")) {
      return Optional.empty();
    }
    if (!Terms.text(proof, "proofPurpose").map("assertionMethod"::equals).orElse(false)) {
      throw new ActivityFailure.Unproven("the proof is for another purpose");
    }
    JsonNode context = proof.get("@context");
    if (context != null && !context.equals(document.get("@context"))) {
      throw new ActivityFailure.Unproven("the proof's context is not the document's");
    }
    String value = Terms.text(proof, "proofValue").orElse("");
    if (!value.startsWith("z")) {
      throw new ActivityFailure.Unproven("the proof's value is not in base 58");
    }
    String method =
        Terms.text(proof, "verificationMethod")
            .orElseThrow(() -> new ActivityFailure.Unproven("the proof names no key"));
    byte[] data = data(document, proof);
    byte[] signature = Base58.decode(value.substring(1));
    try {
      VerifyingKey key = keys.key(method);
      if (holds(key, data, signature)) {
        return Optional.of(key);
      }
      return Optional.of(
          keys.refresh(method)
              .filter(again -> holds(again, data, signature))
              .orElseThrow(() -> new ActivityFailure.Unproven("the proof does not hold")));
    } catch (ActivityFailure.Unreachable e) {
      throw new ActivityFailure.Unproven("the proof's key cannot be had", e);
    }
  }

  private static boolean holds(VerifyingKey key, byte[] data, byte[] signature) {
    return key.isEd25519() && key.verifies(data, signature, Optional.of("ed25519"));
  }

  /** Returns a copy of a document with a proof by an Ed25519 key of ours. */
  public static ObjectNode add(
      ObjectNode document, String keyId, UnaryOperator<byte[]> ed25519, InstantSource clock) {
    ObjectNode copy = document.deepCopy();
    copy.remove("proof");
    ObjectNode proof = ActivityJson.object();
    if (copy.has("@context")) {
      proof.set("@context", copy.get("@context"));
    }
    proof.put("type", "DataIntegrityProof");
    proof.put("cryptosuite", SUITE);
    proof.put("verificationMethod", keyId);
    proof.put("proofPurpose", "assertionMethod");
    proof.put("created", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    byte[] signature = ed25519.apply(data(copy, proof));
    proof.put("proofValue", "z" + Base58.encode(signature));
    copy.set("proof", proof);
    return copy;
  }

  private static byte[] data(ObjectNode document, ObjectNode proof) {
    ObjectNode config = proof.deepCopy();
    config.remove("proofValue");
    ObjectNode plain = document.deepCopy();
    plain.remove("proof");
    byte[] first = Digests.sha256(Jcs.bytes(config));
    byte[] second = Digests.sha256(Jcs.bytes(plain));
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
