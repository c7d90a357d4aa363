package tripod.identity.did;

import java.util.List;

/**
 * Asks the domain name system for TXT records; given to the resolver so that tests have their own.
 */
@FunctionalInterface
public interface TxtLookup {
  /** There are no records; for the lab. */
  TxtLookup NONE = name -> List.of();

  /** Returns the texts at a name, each with its chunks joined; empty when there are none. */
  List<String> texts(String name);
}
