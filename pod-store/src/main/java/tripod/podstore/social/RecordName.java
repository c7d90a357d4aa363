package tripod.podstore.social;

import tripod.syntax.AtUri;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** The name of a record inside its repository. */
public record RecordName(Nsid collection, RecordKey rkey) {
  /** Returns the name of the record in somebody's repository. */
  public AtUri in(Did repo) {
    return AtUri.of(repo, collection, rkey);
  }
}
