package tripod.atproto.authority;

import tripod.atproto.lexicon.LexiconDocument;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Nsid;

/**
 * A lexicon that its authority published.
 *
 * @param uri the record it was published in
 * @param cid the record's name
 * @param block the record
 * @param document what it says
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Published(AtUri uri, Cid cid, byte[] block, LexiconDocument document) {
  /** Largest record that is taken for a lexicon, in bytes. */
  static final int BYTES_MAX = 256 * 1024;

  /**
   * Reads a record that was found under a name.
   *
   * @throws PodFailure.Invalid when it is no lexicon document of that name
   */
  static Published read(Nsid name, AtUri uri, Cid cid, byte[] block) {
    if (block.length > BYTES_MAX) {
      throw new PodFailure.Invalid(
          "lexicon of " + block.length + " bytes, at most " + BYTES_MAX + " are read");
    }
    DagFields fields = DagCbor.decodeFields(block);
    LexiconDocument document = LexiconDocument.read(fields);
    if (!document.id().equals(name)) {
      throw new PodFailure.Invalid("lexicon under the name " + name + " says it is another");
    }
    return new Published(uri, cid, block, document);
  }
}
