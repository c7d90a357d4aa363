package tripod.solid.representation;

/** How IRIs are spelled in a document that is written: in full, or relative to where it is. */
@FunctionalInterface
public interface IriForm {
  /** IRIs in full, for what leaves the house. */
  IriForm ABSOLUTE = iri -> iri;

  /** Returns the spelling of an absolute IRI. */
  String spell(String iri);

  /**
   * Spells IRIs of the pod without its domain, so that stored documents survive a change of domain
   * (mapping note NAM-1).
   *
   * @param document IRI of the document, without a fragment
   * @param origin scheme and authority of the pod, without a slash at the end
   */
  static IriForm relativeTo(String document, String origin) {
    return iri -> {
      if (!iri.startsWith(origin)) {
        return iri;
      }
      if (iri.startsWith(document)) {
        if (iri.length() == document.length()) {
          return "";
        }
        if (iri.charAt(document.length()) == '#') {
          return iri.substring(document.length());
        }
      }
      int path = origin.length();
      boolean isPath =
          iri.length() > path
              && iri.charAt(path) == '/'
              && !(iri.length() > path + 1 && iri.charAt(path + 1) == '/')
              && !iri.contains("/./")
              && !iri.contains("/../");
      return isPath ? iri.substring(path) : iri;
    };
  }
}
