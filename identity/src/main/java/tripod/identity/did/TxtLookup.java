package tripod.identity.did;

import java.util.List;

/**
 * Asks the domain name system for TXT records; given to the resolver so that tests have their own.
 */
@FunctionalInterface
public interface TxtLookup {
  /** There are no records; for the lab. */
  TxtLookup NONE = name -> List.of();

  /** Returns a lookup that asks another where this one finds nothing. */
  default TxtLookup or(TxtLookup backup) {
    return name -> {
      List<String> found = texts(name);
      return found.isEmpty() ? backup.texts(name) : found;
    };
  }

  /** Returns the texts at a name, each with its chunks joined; empty when there are none. */
  List<String> texts(String name);
}
