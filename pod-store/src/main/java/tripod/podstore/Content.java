package tripod.podstore;

import tripod.syntax.Cid;
import tripod.syntax.MediaType;

/** What a resource holds. */
public sealed interface Content {
  /** Returns the media type the content was given with. */
  MediaType mediaType();

  /** Returns the size of the stored form in bytes. */
  long size();

  /**
   * A document that reads as one RDF graph, kept as the exact bytes it was written with.
   *
   * <p>Types that read as a graph: Turtle, JSON-LD, ActivityStreams JSON, N-Triples, DAG-CBOR
   * blocks (the ATD form of a record) and the store's own compact codec.
   *
   * @param bytes not copied: the caller gives them up
   */
  record Document(MediaType mediaType, byte[] bytes) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    /** Returns the exact bytes; the array is shared and must not be changed. */
    @Override
    public byte[] bytes() {
      return bytes;
    }
  }

  /** A file that is not RDF, or too large to be one: its bytes are the blob of that name. */
  record File(MediaType mediaType, Cid blob, long size) implements Content {}

  /** A container; what a person wrote about it is its description ({@link Aspect#META}). */
  record Container() implements Content {
    private static final MediaType TYPE = MediaType.TURTLE;

    @Override
    public MediaType mediaType() {
      return TYPE;
    }

    @Override
    public long size() {
      return 0;
    }
  }
}
