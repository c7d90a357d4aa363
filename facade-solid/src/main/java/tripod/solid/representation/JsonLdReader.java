package tripod.solid.representation;

import tripod.podstore.PodFailure;
import tripod.podstore.rdf.JsonLdReading;

/**
 * Reads JSON-LD 1.1 as the store does, with bundled contexts alone (SEC-32), and says in this
 * door's words what is wrong.
 */
final class JsonLdReader {
  private JsonLdReader() {}

  static void read(byte[] bytes, String base, CountingSink sink) {
    NestingScan.json(bytes);
    NestingScan.utf8(bytes);
    try {
      JsonLdReading.read(bytes, base, false, sink::triple);
    } catch (PodFailure.Invalid malformed) {
      throw new MalformedRdf(String.valueOf(malformed.getMessage()), malformed);
    }
  }
}
