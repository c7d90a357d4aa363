package tripod.identity.did;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.DidRegistration;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.key.HostKeys;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Makes identities, and lets them claim other handles. */
public final class HostedDids implements DidRegistration {
  private final IdentityConfig config;
  private final HostKeys keys;
  private final Plc plc;
  private final CachingDidResolver resolver;
  private final Ways ways;

  /**
   * How identities are kept.
   *
   * @param known operations made here
   * @param webs did:web identities served here
   * @param changes what signs
   */
  public record Ways(KnownOperations known, HostedWebs webs, IdentityChanges changes) {}

  /** Works with one directory. */
  public HostedDids(
      IdentityConfig config, HostKeys keys, Plc plc, CachingDidResolver resolver, Ways ways) {
    this.config = config;
    this.keys = keys;
    this.plc = plc;
    this.resolver = resolver;
    this.ways = ways;
  }

  @Override
  public Prepared prepare(Handle handle, String signingKey, Optional<String> recoveryKey) {
    List<String> rotation = new ArrayList<>();
    recoveryKey.ifPresent(rotation::add);
    rotation.add(keys.rotationDidKey());
    PlcState state = PlcState.of(rotation, signingKey, handle, config.origin().toString());
    PlcOperation genesis = PlcOperation.sign(state, Optional.empty(), keys::signRotation);
    PlcLog.checkNew(genesis);
    return plc instanceof PlcDirectory directory
        ? new Embedded(directory, genesis)
        : new Elsewhere(genesis);
  }

  @Override
  public Prepared prepareWeb(String host) {
    return new Web(HostedWebs.of(config, host));
  }

  @Override
  public boolean pointsTo(Handle handle, Did did) {
    return resolver.pointsToNow(handle, did);
  }

  @Override
  public void changeHandle(Account account, Handle handle) {
    Did did = account.did();
    if (ways.webs().isServedHere(account)) {
      ways.webs().claim(account, handle);
      return;
    }
    if (did.isPlc()) {
      ways.changes().claim(did, handle);
      return;
    }
    boolean claimed =
        resolver.refresh(did).flatMap(DidDocument::handle).filter(handle::equals).isPresent();
    if (!claimed) {
      throw new IdentityFailure.InvalidHandle("the identity's document does not claim " + handle);
    }
  }

  private final class Web implements Prepared {
    private final Did did;

    Web(Did did) {
      this.did = did;
    }

    @Override
    public Did did() {
      return did;
    }

    @Override
    public void submit() {
      // The document is served from the moment the pod is there.
    }

    @Override
    public IdentityDatabase.Step store() {
      return ways.webs().registration(did);
    }

    @Override
    public void undo() {
      // Undone with the transaction.
    }
  }

  private final class Embedded implements Prepared {
    private final PlcDirectory directory;
    private final PlcOperation genesis;

    Embedded(PlcDirectory directory, PlcOperation genesis) {
      this.directory = directory;
      this.genesis = genesis;
    }

    @Override
    public Did did() {
      return genesis.did();
    }

    @Override
    public void submit() {
      // Registered in the transaction that makes the pod.
    }

    @Override
    public IdentityDatabase.Step store() {
      IdentityDatabase.Step register = directory.registration(genesis);
      IdentityDatabase.Step note = ways.known().adding(genesis.did(), genesis);
      return connection -> {
        register.run(connection);
        note.run(connection);
      };
    }

    @Override
    public void undo() {
      // Undone with the transaction.
    }
  }

  private final class Elsewhere implements Prepared {
    private final PlcOperation genesis;
    private boolean submitted;

    Elsewhere(PlcOperation genesis) {
      this.genesis = genesis;
    }

    @Override
    public Did did() {
      return genesis.did();
    }

    @Override
    public void submit() {
      ways.known().add(genesis.did(), genesis);
      plc.submit(genesis.did(), genesis.json());
      submitted = true;
    }

    @Override
    public IdentityDatabase.Step store() {
      return connection -> {};
    }

    @Override
    public void undo() {
      if (submitted) {
        plc.submit(genesis.did(), PlcOperation.tombstone(genesis.cid(), keys::signRotation).json());
      }
    }
  }
}
