package tripod.identity.did;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * The domain name system of the lab, which has none: a member's handle is a domain that speaks for
 * lexicons in the member's name, and one identity may speak for all others.
 */
public final class LabTxtLookup implements TxtLookup {
  private static final String LEXICON = "_lexicon.";

  private final Function<Handle, Optional<Did>> ours;
  private final Optional<Did> lexiconAuthority;

  /**
   * Makes it.
   *
   * @param ours handles of this host
   * @param lexiconAuthority who speaks for the lexicons of every other domain
   */
  public LabTxtLookup(Function<Handle, Optional<Did>> ours, Optional<Did> lexiconAuthority) {
    this.ours = ours;
    this.lexiconAuthority = lexiconAuthority;
  }

  @Override
  public List<String> texts(String name) {
    if (!name.startsWith(LEXICON)) {
      return List.of();
    }
    String domain = name.substring(LEXICON.length());
    Optional<Did> member =
        Handle.isValid(domain) ? ours.apply(new Handle(domain)) : Optional.empty();
    return member.or(() -> lexiconAuthority).map(did -> "did=" + did).stream().toList();
  }
}
