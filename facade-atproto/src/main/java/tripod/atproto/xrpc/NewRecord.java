package tripod.atproto.xrpc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.atproto.authority.Lexicons;
import tripod.atproto.lexicon.RecordCheck;
import tripod.atproto.repo.BlobRefs;
import tripod.podstore.Blobs;
import tripod.podstore.PodReader;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.RecordName;
import tripod.syntax.Cid;

/**
 * A record that somebody wants to put, checked as far as it can be without the pod.
 *
 * @param name where it goes
 * @param fields what it says
 * @param block its bytes
 * @param cid its name
 * @param status what became of the lexicon check, as answered
 * @param blobs the blobs it names
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NewRecord(
    RecordName name,
    DagFields fields,
    byte[] block,
    Cid cid,
    Optional<String> status,
    List<BlobRefs.BlobRef> blobs) {

  /**
   * What the records of one call are checked by.
   *
   * @param validate whether lexicons must be known, or are not looked at; empty to check those that
   *     are known (atproto.md 6.1)
   * @param lexicons what is known, and who can be asked
   */
  record Rules(Optional<Boolean> validate, Lexicons.Checking lexicons) {}

  /**
   * Checks a record.
   *
   * @param value what was sent as the record
   */
  static NewRecord of(Rules rules, RecordName name, DagValue value) {
    if (!(value instanceof DagFields sent)) {
      throw XrpcFailure.invalid("Input/record must be an object");
    }
    DagFields fields = typed(name, sent);
    Optional<String> status =
        rules.validate().equals(Optional.of(false))
            ? Optional.empty()
            : checked(rules, name, fields);
    List<BlobRefs.BlobRef> blobs = BlobRefs.in(fields);
    checkBlobs(fields, blobs);
    byte[] block = DagCbor.encode(fields);
    if (block.length > DagCbor.BLOCK_BYTES_MAX) {
      throw new XrpcFailure(
          413,
          "PayloadTooLarge",
          "record of " + block.length + " bytes, at most " + DagCbor.BLOCK_BYTES_MAX);
    }
    return new NewRecord(name, fields, block, Cid.ofDagCbor(block), status, blobs);
  }

  private static DagFields typed(RecordName name, DagFields sent) {
    String collection = name.collection().value();
    DagValue type = sent.find("$type");
    if (type == null) {
      return sent.with("$type", DagValue.of(collection));
    }
    if (!type.asText().equals(Optional.of(collection))) {
      throw XrpcFailure.invalid("Invalid $type: expected " + collection);
    }
    return sent;
  }

  private static Optional<String> checked(Rules rules, RecordName name, DagFields fields) {
    return switch (rules.lexicons().check(name, fields)) {
      case RecordCheck.Result.Valid valid -> Optional.of("valid");
      case RecordCheck.Result.Invalid invalid ->
          throw XrpcFailure.invalid("Invalid " + name.collection() + " record: " + invalid.fault());
      case RecordCheck.Result.Unknown unknown -> {
        if (rules.validate().isPresent()) {
          throw XrpcFailure.invalid("Unknown lexicon type: " + unknown.document());
        }
        yield Optional.of("unknown");
      }
    };
  }

  private static void checkBlobs(DagFields fields, List<BlobRefs.BlobRef> blobs) {
    for (BlobRefs.BlobRef blob : blobs) {
      if (blob.isLegacy()) {
        throw XrpcFailure.invalid("Legacy blob reference: " + blob.cid());
      }
    }
    DataModel.check(fields);
  }

  /** Checks the blobs against those the pod has (atproto.md 4.10). */
  void checkStored(PodReader pod) {
    for (BlobRefs.BlobRef ref : blobs) {
      Blobs.Blob stored =
          pod.blob(ref.cid())
              .orElseThrow(
                  () -> XrpcFailure.of("BlobNotFound", "Could not find blob: " + ref.cid()));
      if (!stored.mediaType().essence().equals(ref.mimeType())) {
        throw XrpcFailure.of(
            "InvalidMimeType",
            "Referenced mime type " + ref.mimeType() + " is not " + stored.mediaType().essence());
      }
      if (stored.size() != ref.size()) {
        throw XrpcFailure.of(
            "InvalidSize", "Referenced size " + ref.size() + " is not " + stored.size());
      }
    }
  }

  Set<Cid> blobCids() {
    return BlobRefs.cids(blobs);
  }
}
