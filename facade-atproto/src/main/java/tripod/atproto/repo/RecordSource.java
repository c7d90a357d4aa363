package tripod.atproto.repo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tripod.podstore.Commit;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.RecordName;

/** Says which resources of a pod are in its repository, and as what. Safe between threads. */
public interface RecordSource {
  /**
   * Says whether everybody may read a path: the one question about a resource that was written as a
   * record, which is published by nature.
   */
  boolean isPublic(PodReader view, PodPath path);

  /**
   * Returns the record of a resource in another form, when it passes the public gate and can be
   * said as one.
   *
   * @param previous the record it had, of which what the other form cannot say is kept
   * @return the block, and those of records that it says besides
   */
  Said record(
      Commit pending,
      PodReader view,
      Resource resource,
      RecordName name,
      Optional<byte[]> previous);

  /**
   * The records of one resource.
   *
   * @param own its own
   * @param beside further ones by their keys, which exist as long as it does
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Said(Optional<byte[]> own, Map<RecordName, byte[]> beside) {
    /** No record at all. */
    static final Said NOTHING = new Said(Optional.empty(), Map.of());

    public Said {
      beside = Collections.unmodifiableMap(new LinkedHashMap<>(beside));
    }
  }
}
