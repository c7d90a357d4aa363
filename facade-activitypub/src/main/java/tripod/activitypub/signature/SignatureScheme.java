package tripod.activitypub.signature;

/** Which of the two specifications a request is signed by. */
public enum SignatureScheme {
  /** Draft 12 of Cavage, read by every peer. */
  CAVAGE,
  /** RFC 9421, read by newer ones. */
  RFC9421;

  /** Returns the one to try when this one was refused. */
  public SignatureScheme other() {
    return this == CAVAGE ? RFC9421 : CAVAGE;
  }
}
