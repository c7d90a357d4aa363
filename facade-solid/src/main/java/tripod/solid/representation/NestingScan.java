package tripod.solid.representation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tripod.podstore.PodFailure;
import tripod.podstore.rdf.DepthScan;

/** Says in this door's words what the store's {@link DepthScan} finds (SEC-30). */
public final class NestingScan {
  /** Deepest nesting of brackets and braces. */
  public static final int DEPTH_MAX = DepthScan.DEPTH_MAX;

  private NestingScan() {}

  /**
   * Checks a JSON text.
   *
   * @throws MalformedRdf past {@value #DEPTH_MAX} levels
   */
  public static void json(byte[] text) {
    try {
      DepthScan.json(text);
    } catch (PodFailure.Invalid tooDeep) {
      throw new MalformedRdf(String.valueOf(tooDeep.getMessage()), tooDeep);
    }
  }

  /**
   * Checks a text of the Turtle family (Turtle, N3 patches, SPARQL).
   *
   * @throws MalformedRdf past {@value #DEPTH_MAX} levels
   */
  public static void turtle(byte[] text) {
    try {
      DepthScan.turtle(text);
    } catch (PodFailure.Invalid tooDeep) {
      throw new MalformedRdf(String.valueOf(tooDeep.getMessage()), tooDeep);
    }
  }

  /** Decodes UTF-8 strictly. */
  static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRdf("the body is not UTF-8", e);
    }
  }
}
